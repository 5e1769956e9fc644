-- metric:  acquaintances
-- title:   Who else knows them · 还有谁熟悉
-- asks:    Who in the team, besides the manager, has been to the key customers? · 除客户经理本人外，部门里还有谁去过重点客户？
-- formula: visits of the twelve months up to the last day by others of the manager's team, alone or joint ·
--   近12个月同部门其他人（含陪访）的拜访
-- unit:    list
-- columns: customer_id varchar, person_id varchar, person_name varchar, visits bigint, last_visit date
-- by:
-- needs:   visits sales
-- empty:   Nobody else of the team has been to a key customer in twelve months. · 近12个月同部门没有其他人拜访过重点客户。
-- source:  shared vocabulary, section 3: key customers
-- rules:   The manager at the end of the period is left out; the supervisor counts, whatever the team. A joint visit
--   counts for both. · 不含期末客户经理本人；主管不论部门均计入；同访双方都计。
with made as (
    select
        customer_id,
        visit_date,
        manager_id as person_id,
    from visits
    where visit_date between $year_from_date and $to_date
    union all
    select
        customer_id,
        visit_date,
        joint_with,
    from visits
    where visit_date between $year_from_date and $to_date and joint_with is not null
)

select
    made.customer_id,
    made.person_id,
    coalesce(persons.manager_name, made.person_id) as person_name,
    count(*) as visits,
    max(made.visit_date) as last_visit,
from made
inner join scoped_customers using (customer_id)
semi join vital_customers using (customer_id)
left join managers as persons on made.person_id = persons.manager_id
where
    made.person_id <> scoped_customers.manager_id
    and (
        coalesce(persons.team, 'unknown') = scoped_customers.team
        or made.person_id = scoped_customers.supervisor_id
    )
group by made.customer_id, made.person_id, person_name
order by made.customer_id, visits desc, made.person_id
