-- Customers in scope, under the manager they have on the last day of the period.
with assigned as (
    select
        customer_id,
        arg_max(manager_id, valid_from) as manager_id,
    from assignments
    where valid_from <= $to_date and (valid_to is null or valid_to >= $to_date)
    group by customer_id
),

described as (
    select
        customers.customer_id,
        customers.customer_name,
        coalesce(customers.area, 'unknown') as area,
        coalesce(customers.market, 'unknown') as market,
        coalesce(customers.channel, 'unknown') as channel,
        customers.tier,
        coalesce(
            printf('%02d–%02d', (customers.tier - 1) // 5 * 5 + 1, (customers.tier - 1) // 5 * 5 + 5), 'unknown'
        ) as tier_band,
        coalesce(customers.status, 'active') as status,
        customers.opened_on,
        customers.is_derived,
        coalesce(assigned.manager_id, customers.manager_id, 'unknown') as manager_id,
    from customers
    left join assigned using (customer_id)
),

managed as (
    select
        described.*,
        coalesce(managers.team, 'unknown') as team,
        managers.supervisor_id,
        'whole' as whole,
    from described
    left join managers using (manager_id)
)

select *
from managed
where {customer_filter} and {owner_filter}
