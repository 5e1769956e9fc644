-- metric:  handlers
-- title:   Handlers · 铺货户
-- asks:    How many eligible customers carry the product? · 有多少可铺货户在卖？
-- formula: eligible customers with a net quantity above zero · 净销量大于零的可铺货户
-- unit:    count
-- columns: handlers bigint
-- by:      area market channel tier tier_band team manager_id brand maker price_class sku_id month week
-- periods: each
-- needs:   sales quantities
-- empty:   No eligible customer in scope. · 范围内没有可铺货户。
-- source:  vocabulary section 3
-- rules:   Of several products: handlers of any of them. · 多个品规时，经营其中任一者即计入。
select
    {by},
    count(handling_customers.customer_id) as handlers,
from eligible_customers
left join handling_customers using ({product_by}, customer_id)
group by {by}
order by {by}
