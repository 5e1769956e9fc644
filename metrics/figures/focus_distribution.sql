-- metric:  focus_distribution
-- title:   Focus distribution · 重点品规铺货率
-- asks:    How much of the possible distribution of the focus products is reached? · 重点培育品规的可能铺货实现了多少？
-- formula: Σ handlers ÷ Σ eligible over the focus products · 重点品规 Σ 铺货户 ÷ Σ 可铺货户
-- unit:    share
-- columns: focus_skus bigint, handlers bigint, eligible bigint, focus_distribution double
-- by:      area market channel tier tier_band team manager_id brand maker price_class sku_id customer_id month week
-- periods: each
-- needs:   sales quantities products
-- empty:   No product in scope is marked as focus, or nobody bought anything in the period. ·
--   范围内没有标为重点培育的品规，或本期没有任何销售。
-- source:  retail distribution audit; vocabulary section 3
-- rules:   The ratio of the sums, so that large and small products weigh by the customers that may carry them.
--   Without any sale in the period: no data. · 取合计之比，各品规按可铺货户数计权。本期没有任何销售，则无数据。
with focus_products as (
    select *
    from scoped_products
    where focus
),

bought as (
    select
        sku_id,
        customer_id,
    from summed_sales
    semi join focus_products using (sku_id)
    where period = 'now'
    group by sku_id, customer_id
    having sum(qty) > 0
),

possible as (
    select
        focus_products.* exclude (whole_range),
        licensed_base.*,
    from focus_products
    inner join licensed_base
        on
            focus_products.min_tier is null
            or licensed_base.tier is null
            or licensed_base.tier >= focus_products.min_tier
)

select
    {by},
    count(distinct possible.sku_id) as focus_skus,
    count(bought.sku_id) as handlers,
    count(*) as eligible,
    handlers / eligible as focus_distribution,
from possible
cross join recorded_sales
left join bought using (sku_id, customer_id)
group by {by}
order by {by}
