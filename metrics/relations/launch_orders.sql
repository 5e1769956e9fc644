-- The first, second … day up to the end of the period on which customers of the licensed base that may carry a product
-- bought it since its launch.
select
    orders.sku_id,
    orders.customer_id,
    orders.order_date,
    orders.order_step,
    scoped_products.launched_on,
    licensed_base.area,
    licensed_base.channel,
    licensed_base.tier_band,
    licensed_base.manager_id,
    licensed_base.whole,
from months.launch_orders as orders
inner join scoped_products on orders.sku_id = scoped_products.sku_id
inner join licensed_base on orders.customer_id = licensed_base.customer_id
where
    orders.order_date <= $to_date
    and (
        licensed_base.tier is null
        or scoped_products.min_tier is null
        or licensed_base.tier >= scoped_products.min_tier
    )
