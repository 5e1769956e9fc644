-- metric:  joint_visits
-- title:   Joint visits of newcomers and coaches · 新人与师傅的同访
-- asks:    When did newcomer and coach go together, and where? · 新人和师傅何时一起去了哪里？
-- formula: visits up to the last day by one of them that the other joined · 截至期末其中一人拜访、另一人陪同的拜访
-- unit:    list
-- columns: manager_id varchar, coach_id varchar, customer_id varchar, customer_name varchar, joint_visits bigint,
--   first_visit date, last_visit date
-- by:
-- needs:   coaching visits
-- empty:   Newcomers and their coaches have no joint visit up to the last day. · 截至期末新人与师傅没有同访。
-- source:  vocabulary sections 1 and 7
-- rules:   Coaches are those whom coaching names for the newcomer. · 师傅以该新人的帮带记录所列为准。
with coached as (
    select distinct
        coaching.manager_id,
        coaching.coach_id,
        coalesce(managers.team, 'unknown') as team,
    from coaching
    left join managers using (manager_id)
    where coaching.coached_on <= $to_date
),

pairs as (
    select *
    from coached
    where {owner_filter}
),

gone_together as (
    select
        pairs.manager_id,
        pairs.coach_id,
        visits.customer_id,
        visits.visit_date,
    from visits
    inner join pairs on visits.manager_id = pairs.manager_id and visits.joint_with = pairs.coach_id
    where visits.visit_date <= $to_date
    union all
    select
        pairs.manager_id,
        pairs.coach_id,
        visits.customer_id,
        visits.visit_date,
    from visits
    inner join pairs on visits.manager_id = pairs.coach_id and visits.joint_with = pairs.manager_id
    where visits.visit_date <= $to_date
)

select
    gone_together.manager_id,
    gone_together.coach_id,
    gone_together.customer_id,
    any_value(coalesce(customers.customer_name, gone_together.customer_id)) as customer_name,
    count(*) as joint_visits,
    min(gone_together.visit_date) as first_visit,
    max(gone_together.visit_date) as last_visit,
from gone_together
left join customers using (customer_id)
group by gone_together.manager_id, gone_together.coach_id, gone_together.customer_id
order by gone_together.manager_id, first_visit, gone_together.customer_id, gone_together.coach_id
