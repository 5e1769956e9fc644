-- metric:  velocity
-- title:   Velocity · 单点动销
-- asks:    How much does a handler sell in a week? · 每个铺货户每周卖多少？
-- formula: net qty ÷ handlers ÷ weeks of the period · 净销量 ÷ 铺货户 ÷ 周数
-- unit:    rate
-- columns: qty decimal, handlers bigint, velocity double
-- by:      area market channel tier tier_band team manager_id brand maker price_class sku_id month week
-- periods: each
-- needs:   sales quantities
-- empty:   Nobody in scope carries the product in the period. · 本期范围内没有铺货户。
-- source:  vocabulary section 3
-- rules:   Weeks are days ÷ 7. The quantity is that of all customers in scope, so that handlers × velocity × weeks
--   gives it back. · 周数 = 天数 ÷ 7；销量为范围内全部客户的净销量，铺货户 × 单点动销 × 周数 即得销量。
with counted as (
    select
        {by},
        qty,
        0 as handlers,
    from purchases
    union all
    select
        {by},
        0,
        1,
    from eligible_customers
    inner join handling_customers using ({product_by}, customer_id)
)

select
    {by},
    sum(qty) as qty,
    sum(handlers)::bigint as handlers,
    sum(qty) / sum(handlers) / $weeks as velocity,
from counted
group by {by}
having sum(handlers) > 0
order by {by}
