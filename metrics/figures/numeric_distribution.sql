-- metric:  numeric_distribution
-- title:   Numeric distribution · 铺货率
-- asks:    Of the customers that may carry the product, what share bought it? · 可铺货户中，有多少买了？
-- formula: handlers ÷ eligible · 铺货户 ÷ 可铺货户
-- unit:    share
-- columns: handlers bigint, eligible bigint, numeric_distribution double
-- by:      area market channel tier tier_band team manager_id brand maker price_class sku_id customer_id month week
-- periods: each
-- needs:   sales quantities
-- empty:   No eligible customer in scope, or nobody bought anything in the period. ·
--   范围内没有可铺货户，或本期没有任何销售。
-- source:  retail distribution audit; vocabulary section 3
-- rules:   A handler has a net quantity above zero; of several products, of any of them. No eligible customer, or
--   no sale of anything in the period: no data. ·
--   铺货户净销量大于零；多个品规时任一即可。没有可铺货户，或本期没有任何销售，则无数据。
select
    {by},
    count(handling_customers.customer_id) as handlers,
    count(*) as eligible,
    handlers / eligible as numeric_distribution,
from eligible_customers
cross join recorded_sales
left join handling_customers using ({product_by}, customer_id)
group by {by}
order by {by}
