-- metric:  visits_a_day
-- title:   Visits a day · 日均拜访次数
-- asks:    How many visits does a manager make on a working day? · 客户经理每个工作日拜访几次？
-- formula: visits ÷ working days of those who could visit · 拜访次数 ÷ 客户经理的工作日数
-- unit:    rate
-- columns: visits bigint, working_days bigint, visits_a_day double
-- by:      team manager_id month week
-- periods: each
-- needs:   visits
-- empty:   No visit was recorded in the period. · 本期没有拜访记录。
-- source:  calls a day, the field's measure of a sales call's productivity
-- rules:   A working day is a day from Monday to Friday on which anybody of the business visited, so that public
--   holidays fall out; it counts for a manager from the day of hiring to the day of leaving. Visits of other days
--   count. Whoever looks after customers at the end of the period, or visited in it, is counted; a supervisor without
--   customers is not. · 工作日：周一至周五中全公司有人拜访的日子（节假日自然剔除），自入职日至离职日计；其他日子的拜访也计入。
--   期末管户者及本期拜访者计入，不管户的主管不计。
with working as (
    select distinct visit_date as day
    from visits
    where visit_date between $from_date and $to_date and isodow(visit_date) <= 5
),

looking_after as (
    select
        manager_id,
        any_value(team) as team,
    from licensed_base
    where manager_id <> 'unknown'
    group by manager_id
),

visiting as (
    select
        manager_id,
        any_value(team) as team,
        count(*) as visits,
    from scoped_visits
    where
        manager_id in (select manager_id from looking_after)
        or manager_id not in (select supervisor_id from managers where supervisor_id is not null)
    group by manager_id
),

counted as (
    select
        manager_id,
        coalesce(looking_after.team, visiting.team) as team,
        coalesce(visiting.visits, 0) as visits,
        (
            select count(*)
            from working
            where
                working.day >= coalesce(managers.hired_on, working.day)
                and working.day <= coalesce(managers.left_on, working.day)
        ) as working_days,
        'whole' as whole,
    from looking_after
    full join visiting using (manager_id)
    left join managers using (manager_id)
)

select
    {by},
    sum(visits)::bigint as visits,
    sum(working_days)::bigint as working_days,
    sum(visits) / sum(working_days) as visits_a_day,
from counted
group by {by}
having sum(working_days) > 0
order by {by}
