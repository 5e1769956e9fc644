-- The manager that each customer has on the last day of each whole month of the period.
with assigned as (
    select
        whole_months.month_number,
        assignments.customer_id,
        arg_max(assignments.manager_id, assignments.valid_from) as manager_id,
    from assignments
    inner join whole_months
        on
            assignments.valid_from <= whole_months.month_end
            and (assignments.valid_to is null or assignments.valid_to >= whole_months.month_end)
    group by whole_months.month_number, assignments.customer_id
),

managed as (
    select
        customers.customer_id,
        whole_months.month_number,
        coalesce(assigned.manager_id, customers.manager_id, 'unknown') as manager_id,
    from customers
    cross join whole_months
    left join assigned using (month_number, customer_id)
)

select
    managed.*,
    coalesce(managers.team, 'unknown') as team,
from managed
left join managers using (manager_id)
