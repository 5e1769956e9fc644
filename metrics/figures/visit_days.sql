-- metric:  visit_days
-- title:   Visits by day · 每日拜访
-- asks:    On which days were how many visits made, planned and unplanned? · 哪天拜访了多少次，计划内外各多少？
-- formula: number of visits a day, of which marked as planned · 每日拜访次数，其中标明计划内的次数
-- unit:    list
-- columns: visit_date date, visits bigint, planned bigint, visited_customers bigint
-- by:
-- needs:   visits
-- empty:   No visit was recorded in the period. · 本期没有拜访记录。
-- source:  vocabulary section 1
-- rules:   A visit counts for the manager who made it, on its day; a day without any has no row.
--   Planned is told where any visit of the day says so. ·
--   计入实施拜访的客户经理及当日；无拜访的日子没有行；当日有拜访注明是否计划内的才有计划数。
select
    visit_date,
    count(*) as visits,
    case when count(planned) > 0 then count(*) filter (planned) end as planned,
    count(distinct scoped_visits.customer_id) as visited_customers,
from scoped_visits
group by visit_date
order by visit_date
