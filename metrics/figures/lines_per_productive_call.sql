-- metric:  lines_per_productive_call
-- title:   Lines a productive call · 转化拜访订单行数
-- asks:    How many lines are ordered after a visit that led to an order? · 有转化的拜访带来几行订单？
-- formula: order lines within 7 days of productive visits ÷ productive visits · 有转化拜访后7天内的订单行 ÷ 有转化的拜访
-- unit:    rate
-- columns: lines bigint, productive bigint, lines_per_productive_call double
-- by:      area market channel tier tier_band team manager_id customer_id month week
-- periods: grouped
-- needs:   visits sales quantities
-- empty:   No visit of the period was followed by an order within a week. · 本期没有拜访后一周内订货的拜访。
-- source:  lines per productive call (LPPC), the field's measure of the breadth of an order
-- rules:   Lines with a quantity above zero from the day of the visit to the seventh day after, both included; an order
--   that follows two visits counts for both. Productive: see productive calls. · 拜访当日至其后第7日（含）数量大于零的订单行；
--   跟在两次拜访之后的订单两次均计；有转化：见拜访转化率。
select
    {by},
    sum(lines)::bigint as lines,
    count(*) as productive,
    sum(lines) / count(*) as lines_per_productive_call,
from scoped_visits
where bought > 0
group by {by}
order by {by}
