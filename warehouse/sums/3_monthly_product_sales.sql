-- Sums by month, product and owner: the same over all customers, for what asks for products alone.
create or replace table months.monthly_product_sales as
select
    month_start,
    sku_id,
    owner_id,
    sum(qty)::decimal(18, 4) as qty,
    sum(amount)::decimal(18, 4) as amount,
    sum(delivered)::decimal(18, 4) as delivered,
    sum(ordered)::decimal(18, 4) as ordered,
    min(first_bought) as first_bought,
    max(last_bought) as last_bought,
from months.monthly_sales
group by all
order by month_start
