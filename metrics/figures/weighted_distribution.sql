-- metric:  weighted_distribution
-- title:   Weighted distribution · 加权铺货率
-- asks:    What share of the eligible customers' business lies with those that carry the product? ·
--   经营该品规的客户占可铺货户生意的多少？
-- formula: all-product net amount of the handlers ÷ the same of all eligible customers · 铺货户全部商品净额 ÷ 可铺货户全部商品净额
-- unit:    share
-- columns: handlers_amount decimal, eligible_amount decimal, weighted_distribution double
-- by:      area market channel tier tier_band team manager_id brand maker price_class sku_id month week
-- periods: each
-- needs:   sales quantities
-- empty:   The eligible customers bought nothing in the period. · 可铺货户本期没有购货。
-- source:  retail distribution audit; vocabulary section 3
-- rules:   A customer's amount is over all products; a net amount at or below zero counts as zero. ·
--   客户金额含全部商品；净额不大于零者按零计。
select
    {by},
    coalesce(sum(customer_amounts.amount) filter (handling_customers.customer_id is not null), 0) as handlers_amount,
    coalesce(sum(customer_amounts.amount), 0) as eligible_amount,
    handlers_amount / nullif(eligible_amount, 0) as weighted_distribution,
from eligible_customers
left join handling_customers using ({product_by}, customer_id)
left join customer_amounts using (customer_id)
group by {by}
having coalesce(sum(customer_amounts.amount), 0) > 0
order by {by}
