-- metric:  minutes_a_visit
-- title:   Minutes a visit · 次均拜访时长
-- asks:    How long does a visit last? · 一次拜访用多少分钟？
-- formula: Σ minutes ÷ visits whose minutes were recorded · Σ 时长（分钟）÷ 记录了时长的拜访
-- unit:    rate
-- columns: minutes bigint, timed_visits bigint, minutes_a_visit double
-- by:      area market channel tier tier_band team manager_id customer_id month week
-- periods: grouped
-- needs:   visits
-- empty:   No visit of the period tells how long it was. · 本期的拜访没有记录时长。
-- source:  time a call, the field's measure of the care a call is given
-- rules:   Visits without minutes are left out. A visit counts for the manager who made it. · 未记录时长的拜访不计；
--   计入实施拜访的客户经理。
select
    {by},
    sum(minutes)::bigint as minutes,
    count(*) as timed_visits,
    sum(minutes) / count(*) as minutes_a_visit,
from scoped_visits
where minutes is not null
group by {by}
order by {by}
