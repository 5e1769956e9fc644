-- The licensed base that has a manager, with the visits of the period by that manager and by the supervisor (joint
-- visits with, or made by, the supervisor). Empty where nobody recorded a visit in the period.
with recorded as (
    select
        customer_id,
        manager_id,
        joint_with,
    from visits
    where visit_date between $from_date and $to_date
),

managed as (
    select *
    from licensed_base
    where manager_id <> 'unknown'
),

counted as (
    select
        managed.customer_id,
        count(*) filter (recorded.manager_id = managed.manager_id) as by_manager,
        count(*) filter (
            recorded.manager_id = managed.supervisor_id or recorded.joint_with = managed.supervisor_id
        ) as by_supervisor,
    from managed
    inner join recorded using (customer_id)
    group by managed.customer_id
)

select
    managed.*,
    coalesce(counted.by_manager, 0) as manager_visits,
    coalesce(counted.by_supervisor, 0) as supervisor_visits,
from managed
left join counted using (customer_id)
where exists (select 1 from recorded)
