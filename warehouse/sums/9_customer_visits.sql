-- The visits to each customer in each year, who made them and with whom: when it was last seen is told by customer, not
-- by day.
create or replace table months.customer_visits as
select
    customer_id,
    list(struct_pack(visit_date := visit_date, manager_id := manager_id, joint_with := joint_with)) as visits,
from {source}visits
group by customer_id, year(visit_date)
order by customer_id
