-- Every row of the visit plan, and whether the planned manager visited the customer on that day or one day either side
-- of it. Sorted by day.
create or replace table months.planned_visits as
with near as (
    select
        visits.customer_id,
        visits.manager_id,
        visits.visit_date + shifted.days as plan_date,
    from {source}visits as visits
    cross join (values (-1), (0), (1)) as shifted (days)
),

kept as (
    select distinct
        customer_id,
        manager_id,
        plan_date,
        true as is_kept,
    from near
)

select
    plan.plan_date,
    plan.customer_id,
    plan.manager_id,
    coalesce(kept.is_kept, false) as is_kept,
from {source}visit_plan as plan
left join kept
    on
        plan.customer_id = kept.customer_id
        and plan.manager_id = kept.manager_id
        and plan.plan_date = kept.plan_date
order by plan.plan_date
