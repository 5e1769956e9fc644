-- The manager that each customer has on the last day of each whole month of the period: the months under each as bits,
-- by number. Of assignments that overlap the one that began last holds; a month that none covers belongs to the manager
-- whom the customer master names.
with span as (
    select
        min(month_start) as first_month,
        max(month_end) as last_day,
        count(*) as months,
        (1::bigint << count(*)) - 1 as all_months,
    from whole_months
),

-- Number of the first month, and of the month after the last one, whose last day lies within the assignment.
numbered as (
    select
        assignments.customer_id,
        assignments.manager_id,
        assignments.valid_from,
        greatest(datediff('month', span.first_month, assignments.valid_from), 0) as first_number,
        least(
            datediff('month', span.first_month, coalesce(assignments.valid_to, span.last_day) + 1), span.months
        ) as number_after,
    from assignments
    inner join span
        on
            assignments.valid_from <= span.last_day
            and (assignments.valid_to is null or assignments.valid_to >= span.first_month)
),

stated as (
    select
        customer_id,
        manager_id,
        valid_from,
        ((1::bigint << number_after) - 1) & ~((1::bigint << first_number) - 1) as months,
    from numbered
    where first_number < number_after
),

held as (
    select
        customer_id,
        manager_id,
        months
        & ~coalesce(
            bit_or(months) over (
                partition by customer_id order by valid_from desc, manager_id desc
                rows between unbounded preceding and 1 preceding
            ),
            0
        ) as months,
    from stated
),

covered as (
    select
        customer_id,
        bit_or(months) as months,
    from held
    group by customer_id
),

managed as (
    select *
    from held
    union all
    select
        customers.customer_id,
        coalesce(customers.manager_id, 'unknown') as manager_id,
        span.all_months & ~coalesce(covered.months, 0) as months,
    from customers
    cross join span
    left join covered using (customer_id)
)

select
    managed.customer_id,
    managed.manager_id,
    coalesce(managers.team, 'unknown') as team,
    managed.months,
from managed
left join managers using (manager_id)
where managed.months > 0
