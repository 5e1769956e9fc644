-- metric:  eligible
-- title:   Eligible customers · 可铺货户
-- asks:    How many customers may carry the product? · 有多少客户可以上这个品规？
-- formula: licensed base with tier ≥ the product's lowest tier · 档位不低于最低投放档位的在册客户
-- unit:    count
-- columns: eligible bigint
-- by:      area market channel tier tier_band team manager_id brand maker price_class sku_id month week
-- periods: each
-- needs:   sales
-- empty:   No eligible customer in scope. · 范围内没有可铺货户。
-- source:  vocabulary section 3
-- rules:   Unknown tiers count as eligible. Of several products: those that may carry any of them. ·
--   档位未知者视为可铺货；多个品规时，可上其中任一者即计入。
select
    {by},
    count(*) as eligible,
from eligible_customers
group by {by}
order by {by}
