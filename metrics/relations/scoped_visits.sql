-- Visits of the period in scope, under the manager who made them, with what their customers bought within seven days.
with described as (
    select
        visits.visit_date,
        visits.customer_id,
        visits.manager_id,
        visits.planned,
        visits.purpose,
        visits.outcome,
        visits.joint_with,
        visits.minutes,
        visits.bought,
        visits.lines,
        coalesce(managers.team, 'unknown') as team,
        managers.supervisor_id,
        coalesce(customers.area, 'unknown') as area,
        coalesce(customers.market, 'unknown') as market,
        coalesce(customers.channel, 'unknown') as channel,
        customers.tier,
        coalesce(
            printf('%02d–%02d', (customers.tier - 1) // 5 * 5 + 1, (customers.tier - 1) // 5 * 5 + 5), 'unknown'
        ) as tier_band,
        strftime(visits.visit_date, '%Y-%m') as month,
        strftime(date_trunc('week', visits.visit_date), '%Y-%m-%d') as week,
        'whole' as whole,
    from months.followed_visits as visits
    left join managers using (manager_id)
    left join customers using (customer_id)
    where visits.visit_date between $from_date and $to_date
)

select *
from described
where {customer_filter} and {owner_filter}
