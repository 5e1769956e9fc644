-- The first and the last day up to the end of the period on which each customer bought each product in scope. The sums
-- are sorted by product: the condition on it stands where they are read, so that the other products are not.
with bought as (
    select
        customer_id,
        sku_id,
        first_bought,
        last_bought,
    from sales_by_month
    semi join scoped_products using (sku_id)
    where day < date_trunc('month', $to_date::date + 1)
    union all
    select
        customer_id,
        sku_id,
        first_bought,
        last_bought,
    from sales_lines
    semi join scoped_products using (sku_id)
    where day >= date_trunc('month', $to_date::date + 1) and day <= $to_date
)

select
    customer_id,
    sku_id,
    min(first_bought) as first_bought,
    max(last_bought) as last_bought,
from bought
where last_bought is not null
group by customer_id, sku_id
