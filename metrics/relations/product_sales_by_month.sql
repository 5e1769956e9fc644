-- Sums by month over all customers as warehouse.monthly makes them, under the first day of their month.
select
    month_start as day,
    null::varchar as customer_id,
    sku_id,
    owner_id,
    qty,
    amount,
    delivered,
    ordered,
    first_bought,
    last_bought,
from months.monthly_product_sales
