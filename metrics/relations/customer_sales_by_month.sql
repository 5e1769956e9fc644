-- Sums by month over all products as warehouse.monthly makes them, under the first day of their month.
select
    month_start as day,
    customer_id,
    null::varchar as sku_id,
    owner_id,
    qty,
    amount,
    delivered,
    ordered,
    first_bought,
    last_bought,
from months.monthly_customer_sales
