-- Pairs of handler and product: eligible customers whose net quantity of the product in the period is above zero, with
-- what they took.
with bought as (
    select
        customer_id,
        sku_id,
        sum(qty) as qty,
        sum(amount) as amount,
        min(first_bought) as first_bought,
        max(last_bought) as last_bought,
    from summed_sales
    semi join scoped_products using (sku_id)
    where period = 'now'
    group by customer_id, sku_id
    having sum(qty) > 0
)

select
    bought.*,
    scoped_products.brand,
    scoped_products.maker,
    scoped_products.price_class,
    scoped_products.whole_range,
from bought
inner join scoped_products using (sku_id)
inner join licensed_base using (customer_id)
where licensed_base.tier is null or scoped_products.min_tier is null or licensed_base.tier >= scoped_products.min_tier
