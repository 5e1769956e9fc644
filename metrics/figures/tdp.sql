-- metric:  tdp
-- title:   Total distribution points · 总铺货点
-- asks:    How much distribution do the products have together? · 各品规合起来的铺货有多少？
-- formula: Σ numeric distribution over the products · Σ 各品规铺货率
-- unit:    index
-- columns: products bigint, tdp double, own_distribution double, average_skus double
-- by:      area market channel tier tier_band team manager_id brand month week
-- periods: each
-- needs:   sales quantities
-- empty:   No eligible customer in scope, or nobody bought anything in the period. ·
--   范围内没有可铺货户，或本期没有任何销售。
-- source:  retail distribution audit; vocabulary section 3
-- rules:   Divided by the distribution of any of the products, it gives the average number a handler carries. ·
--   除以整体铺货率，即铺货户平均经营的品规数。
with handled as (
    select
        sku_id,
        customer_id,
    from handling_products
),

pairs as (
    select
        possible_handlers.*,
        handled.sku_id is not null as is_handled,
        1 / count(*) over (partition by {by}, possible_handlers.sku_id) as weight,
    from possible_handlers
    cross join recorded_sales
    left join handled using (sku_id, customer_id)
)

select
    {by},
    count(distinct sku_id) as products,
    coalesce(sum(weight) filter (is_handled), 0) as tdp,
    count(distinct customer_id) filter (is_handled) / count(distinct customer_id) as own_distribution,
    tdp / nullif(own_distribution, 0) as average_skus,
from pairs
group by {by}
order by {by}
