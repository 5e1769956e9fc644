-- metric:  velocity
-- title:   Velocity · 单点动销
-- asks:    How much does a handler sell in a week? · 每个铺货户每周卖多少？
-- formula: net qty ÷ handlers ÷ weeks of the period · 净销量 ÷ 铺货户 ÷ 周数
-- unit:    rate
-- columns: qty decimal, handlers bigint, velocity double
-- by:      area market channel tier team manager_id brand sku_id month week
-- periods: each
-- needs:   sales
-- empty:   Nobody in scope carries the product in the period. · 本期范围内没有铺货户。
-- source:  vocabulary section 3
-- rules:   Weeks are days ÷ 7. The quantity is that of all customers in scope, so that handlers × velocity × weeks
--   gives it back. · 周数 = 天数 ÷ 7；销量为范围内全部客户的净销量，铺货户 × 单点动销 × 周数 即得销量。
select
    {by},
    sum(purchases.qty) as qty,
    count(distinct handling_customers.customer_id) as handlers,
    sum(purchases.qty) / count(distinct handling_customers.customer_id) / $weeks as velocity,
from purchases
left join handling_customers using ({product_by}, customer_id)
group by {by}
having count(distinct handling_customers.customer_id) > 0
order by {by}
