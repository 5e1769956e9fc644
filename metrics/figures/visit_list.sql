-- metric:  visit_list
-- title:   Visits · 拜访明细
-- asks:    Who was there, what for, and what came of it? · 谁去过、为什么、结果如何？
-- formula: visits of the twelve months up to the last day, newest first · 截至期末近12个月的拜访，最近在前
-- unit:    list
-- columns: visit_date date, customer_id varchar, manager_id varchar, manager_name varchar, was_planned boolean, purpose
--   varchar, outcome varchar, joint_with varchar, minutes integer, note varchar
-- by:
-- needs:   visits
-- empty:   No visit in the twelve months up to the last day. · 截至期末近12个月没有拜访。
-- source:  vocabulary section 1
-- rules:   By whomever it was made, whether the customer is that manager's or not. · 不论拜访人是否为该客户的客户经理。
select
    visits.visit_date,
    visits.customer_id,
    visits.manager_id,
    coalesce(managers.manager_name, visits.manager_id) as manager_name,
    visits.planned as was_planned,
    visits.purpose,
    visits.outcome,
    companions.manager_name as joint_with,
    visits.minutes,
    visits.note,
from visits
semi join scoped_customers on visits.customer_id = scoped_customers.customer_id
left join managers on visits.manager_id = managers.manager_id
left join managers as companions on visits.joint_with = companions.manager_id
where visits.visit_date between $year_from_date and $to_date
order by visits.visit_date desc, visits.customer_id, visits.manager_id
