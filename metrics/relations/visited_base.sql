-- The licensed base that has a manager, with the visits of the period by that manager and by the supervisor (joint
-- visits with, or made by, the supervisor). Empty where nobody recorded a visit in the period.
with recorded as (
    select
        customer_id,
        manager_id,
        joint_with,
    from visits
    where visit_date between $from_date and $to_date
)

select
    licensed_base.*,
    (
        select count(*)
        from recorded
        where recorded.customer_id = licensed_base.customer_id and recorded.manager_id = licensed_base.manager_id
    ) as manager_visits,
    (
        select count(*)
        from recorded
        where
            recorded.customer_id = licensed_base.customer_id
            and (
                recorded.manager_id = licensed_base.supervisor_id
                or recorded.joint_with = licensed_base.supervisor_id
            )
    ) as supervisor_visits,
from licensed_base
where licensed_base.manager_id <> 'unknown' and exists (select 1 from recorded)
