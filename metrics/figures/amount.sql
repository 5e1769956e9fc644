-- metric:  amount
-- title:   Amount · 销售额
-- asks:    How much was sold? · 卖了多少钱？
-- formula: Σ amount · Σ 金额
-- unit:    money
-- columns: amount decimal
-- by:      area market channel tier tier_band team manager_id brand maker price_class sku_id customer_id month week
-- periods: grouped
-- needs:   sales
-- empty:   No sales in the period. · 本期没有销售。
-- source:  vocabulary section 3
-- rules:   Returns net off. A sale counts for the manager who owned it on its day. · 退货冲减；销售计入当日所属的客户经理。
select
    {by},
    sum(amount) as amount,
from scoped_sales
group by {by}
order by {by}
