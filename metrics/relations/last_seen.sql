-- When each customer in scope was last visited up to the last day of the period, by the manager it has and by that
-- manager's supervisor (joint visits with, or visits made by, the supervisor).
with visited as (
    select
        scoped_customers.customer_id,
        scoped_customers.manager_id,
        scoped_customers.supervisor_id,
        unnest(customer_visits.visits) as visit,
    from months.customer_visits
    inner join scoped_customers using (customer_id)
)

select
    customer_id,
    max(visit.visit_date) filter (visit.manager_id = visited.manager_id) as by_manager,
    max(visit.visit_date) filter (
        visit.manager_id = visited.supervisor_id or visit.joint_with = visited.supervisor_id
    ) as by_supervisor,
from visited
where visit.visit_date <= $to_date
group by customer_id
