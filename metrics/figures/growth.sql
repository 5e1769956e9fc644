-- metric:  growth
-- title:   Growth · 同比
-- asks:    How does the amount compare with the same days a year earlier? · 与去年同日相比，销售额变化多少？
-- formula: amount ÷ last year's amount − 1 · 销售额 ÷ 去年同期销售额 − 1
-- unit:    change
-- columns: amount decimal, last_year_amount decimal, growth double
-- by:      area market channel tier tier_band team manager_id brand maker price_class sku_id customer_id month week
-- periods: each
-- needs:   sales
-- empty:   No sales in the same days a year earlier. · 去年同期没有销售。
-- source:  vocabulary section 3
-- rules:   29 February goes back to 28 February. Nothing sold a year earlier: no data. · 2月29日对应上年2月28日；去年同期无销售则无数据。
select
    {by},
    coalesce(sum(amount) filter (period = 'now'), 0) as amount,
    sum(amount) filter (period = 'last_year') as last_year_amount,
    coalesce(sum(amount) filter (period = 'now'), 0)
    / sum(amount) filter (period = 'last_year')
    - 1 as growth,
from sales_in_scope
where period in ('now', 'last_year')
group by {by}
having sum(amount) filter (period = 'last_year') > 0
order by {by}
