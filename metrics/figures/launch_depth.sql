-- metric:  launch_depth
-- title:   Depth of repeat · 复购深度
-- asks:    Of those who tried the product since its launch, how many came back, and how often? · 上市以来的试购户中，
--   有多少户再次购进，购进了几次？
-- formula: customers with at least 1, 2 … 5 order days since launch ÷ customers with one · 上市以来至少 1、2 …… 5 个购进日
--   的客户 ÷ 试购户
-- unit:    list
-- columns: sku_id varchar, order_step integer, customers bigint, of_triers double
-- by:
-- needs:   sales quantities products
-- empty:   Nobody in scope has tried a product launched since the sales begin. · 范围内没有客户试购新上市的品规。
-- source:  Fourt and Woodlock 1960, depth of repeat
-- rules:   Days with a quantity above zero, up to the last day of the period; eligible customers. · 数量大于零的购进日，
--   截至期末；仅计可铺货户。
with reached as (
    select
        sku_id,
        order_step,
        count(*) as customers,
    from launch_orders
    group by sku_id, order_step
),

triers as (
    select
        sku_id,
        customers as triers,
        unnest(generate_series(1, 5))::integer as order_step,
    from reached
    where order_step = 1
)

select
    triers.sku_id,
    triers.order_step,
    coalesce(reached.customers, 0) as customers,
    coalesce(reached.customers, 0) / triers.triers as of_triers,
from triers
left join reached using (sku_id, order_step)
order by triers.sku_id, triers.order_step
