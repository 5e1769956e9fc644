-- metric:  launch_customers
-- title:   Customers of the launch · 上市客户清单
-- asks:    Which customers may carry the launched product, and how far has each come? · 新品的可铺货户各走到哪一步？
-- formula: eligible customers with the day they tried it and their order days since launch · 可铺货户的试购日与上市以来购进日数
-- unit:    list
-- columns: sku_id varchar, customer_id varchar, customer_name varchar, area varchar, channel varchar, tier integer,
--   tier_band varchar, manager_id varchar, manager_name varchar, tried_on date, order_days integer, carries boolean
-- by:
-- needs:   sales quantities products
-- empty:   Nobody in scope may carry a product launched since the sales begin. · 范围内没有新上市品规的可铺货户。
-- source:  vocabulary section 3, launch curve
-- rules:   Order days are counted up to five. Carries: net quantity above zero in the period. · 购进日数最多记到5；在经营指本期
--   净销量大于零。
with progress as (
    select
        sku_id,
        customer_id,
        min(order_date) as tried_on,
        max(order_step) as order_days,
    from launch_orders
    group by sku_id, customer_id
)

select
    base.sku_id,
    base.customer_id,
    base.customer_name,
    base.area,
    base.channel,
    base.tier,
    base.tier_band,
    base.manager_id,
    managers.manager_name,
    progress.tried_on,
    coalesce(progress.order_days, 0) as order_days,
    handling_products.customer_id is not null as carries,
from possible_handlers as base
semi join launches on base.sku_id = launches.sku_id
left join progress using (sku_id, customer_id)
left join handling_products using (sku_id, customer_id)
left join managers on base.manager_id = managers.manager_id
order by base.sku_id, order_days desc, progress.tried_on, base.customer_id
