-- The last day up to the end of the period on which each manager visited each customer.
select
    customer_id,
    manager_id,
    max(visit_date) as last_manager_visit,
from visits
where visit_date <= $to_date
group by customer_id, manager_id
