-- metric:  launch_coverage
-- title:   Coverage of the launch · 上市覆盖率
-- asks:    Of the customers that may carry the product, what share has tried it since its launch? · 可铺货户中，上市以来
--   有多少户试购过？
-- formula: customers who have bought since launch ÷ eligible · 上市以来购进过的客户 ÷ 可铺货户
-- unit:    share
-- columns: licensed bigint, eligible bigint, triers bigint, handlers bigint, repeaters bigint, launch_coverage double
-- by:      area channel tier_band manager_id
-- needs:   sales quantities products
-- empty:   Nobody in scope may carry a product launched since the sales begin. · 范围内没有新上市品规的可铺货户。
-- source:  vocabulary section 3, launch curve
-- rules:   Counted in pairs of customer and product where several products are in scope. Handlers carry it in the
--   period; repeaters have bought on two days since launch. · 多个品规时按客户与品规的组合计数；铺货户指本期在经营，复购户指上市
--   以来有两个及以上购进日。
with pairs as (
    select
        launches.sku_id,
        licensed_base.*,
        licensed_base.tier is null
        or scoped_products.min_tier is null
        or licensed_base.tier >= scoped_products.min_tier as is_eligible,
    from licensed_base
    cross join launches
    inner join scoped_products on launches.sku_id = scoped_products.sku_id
),

counted as (
    select
        {by},
        count(*) as licensed,
        count(*) filter (is_eligible) as eligible,
        0 as triers,
        0 as handlers,
        0 as repeaters,
    from pairs
    group by {by}
    union all
    select
        {by},
        0,
        0,
        count(*) filter (order_step = 1),
        0,
        count(*) filter (order_step = 2),
    from launch_orders
    group by {by}
    union all
    select
        {by},
        0,
        0,
        0,
        count(*),
        0,
    from pairs
    semi join handling_products using (sku_id, customer_id)
    where is_eligible
    group by {by}
)

select
    {by},
    sum(licensed)::bigint as licensed,
    sum(eligible)::bigint as eligible,
    sum(triers)::bigint as triers,
    sum(handlers)::bigint as handlers,
    sum(repeaters)::bigint as repeaters,
    sum(triers) / sum(eligible) as launch_coverage,
from counted
group by {by}
having sum(eligible) > 0
order by {by}
