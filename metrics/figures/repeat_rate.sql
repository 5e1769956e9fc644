-- metric:  repeat_rate
-- title:   Repeat rate · 重购率
-- asks:    Of those that carry the product, what share ordered it on a second day? · 铺货户中，有多少再次购进？
-- formula: handlers with two or more order days ÷ handlers · 订货日不少于两天的铺货户 ÷ 铺货户
-- unit:    share
-- columns: repeaters bigint, handlers bigint, repeat_rate double
-- by:      area market channel tier tier_band team manager_id brand maker price_class sku_id month week
-- periods: each
-- needs:   sales quantities
-- empty:   Nobody in scope carries the product in the period. · 本期范围内没有铺货户。
-- source:  trial and repeat analysis; vocabulary section 3
-- rules:   Order days are different dates with a quantity above zero. · 订货日指数量大于零的不同日期。
select
    {by},
    count(*) filter (handling_customers.is_repeater) as repeaters,
    count(*) as handlers,
    repeaters / handlers as repeat_rate,
from eligible_customers
inner join handling_customers using ({product_by}, customer_id)
group by {by}
order by {by}
