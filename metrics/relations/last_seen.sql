-- When each customer in scope was last visited up to the last day of the period, by the manager it has and by that
-- manager's supervisor (joint visits with, or visits made by, the supervisor).
select
    scoped_customers.customer_id,
    max(visits.visit_date) filter (visits.manager_id = scoped_customers.manager_id) as by_manager,
    max(visits.visit_date) filter (
        visits.manager_id = scoped_customers.supervisor_id or visits.joint_with = scoped_customers.supervisor_id
    ) as by_supervisor,
from visits
inner join scoped_customers using (customer_id)
where visits.visit_date <= $to_date
group by scoped_customers.customer_id
