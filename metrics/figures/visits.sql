-- metric:  visits
-- title:   Visits · 拜访次数
-- asks:    How many visits were made? · 拜访了多少次？
-- formula: number of visits · 拜访次数
-- unit:    count
-- columns: visits bigint, visited_customers bigint, joint_visits bigint, average_minutes double
-- by:      area market channel tier tier_band team manager_id customer_id month week
-- periods: grouped
-- needs:   visits
-- empty:   No visit was recorded in the period. · 本期没有拜访记录。
-- source:  vocabulary section 3
-- rules:   A visit counts for the manager who made it. · 计入实施拜访的客户经理。
select
    {by},
    count(*) as visits,
    count(distinct scoped_visits.customer_id) as visited_customers,
    count(joint_with) as joint_visits,
    avg(minutes) as average_minutes,
from scoped_visits
group by {by}
order by {by}
