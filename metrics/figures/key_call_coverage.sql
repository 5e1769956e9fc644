-- metric:  key_call_coverage
-- title:   Key-call coverage · 重点客户拜访率
-- asks:    Were the vital few visited, by the manager and by the supervisor? · 重点客户有没有被客户经理和主管拜访？
-- formula: key customers the manager visited at least once ÷ the manager's key customers · 客户经理至少拜访一次的重点客户 ÷ 其重点客户
-- unit:    share
-- columns: visited bigint, supervisor_visited bigint, key_customers bigint, key_call_coverage double,
--   supervisor_call_coverage double
-- by:      area market channel tier tier_band team manager_id customer_id month week
-- periods: each
-- needs:   visits sales
-- empty:   No visit was recorded in the period, or there is no key customer in scope. · 本期没有拜访记录，或范围内没有重点客户。
-- source:  vocabulary section 3
-- rules:   Key customers: the first fifth by net amount over twelve months, of the whole business. By the supervisor:
--   joint visits with, or visits made by, the manager's supervisor. · 重点客户：全公司近12个月净额前20%。主管拜访：与主管同访或主管自访。
select
    {by},
    count(*) filter (manager_visits > 0) as visited,
    count(*) filter (supervisor_visits > 0) as supervisor_visited,
    count(*) as key_customers,
    visited / key_customers as key_call_coverage,
    supervisor_visited / nullif(count(supervisor_id), 0) as supervisor_call_coverage,
from visited_base
inner join ranked_key_customers using (customer_id)
group by {by}
order by {by}
