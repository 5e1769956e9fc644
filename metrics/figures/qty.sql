-- metric:  qty
-- title:   Quantity · 销量
-- asks:    How many cartons were sold? · 卖了多少条？
-- formula: Σ qty · Σ 数量
-- unit:    quantity
-- columns: qty decimal
-- by:      area market channel tier tier_band team manager_id brand maker price_class sku_id customer_id month week
-- periods: grouped
-- needs:   sales quantities
-- empty:   No sales in the period. · 本期没有销售。
-- source:  vocabulary section 3
-- rules:   Returns net off. A sale counts for the manager who owned it on its day. · 退货冲减；销售计入当日所属的客户经理。
select
    {by},
    sum(qty) as qty,
from scoped_sales
group by {by}
order by {by}
