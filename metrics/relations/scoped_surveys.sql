-- Answers of the period in scope, under the manager that the answer names, else the one assigned to its customer on its
-- day, else the customer's own.
with assigned as (
    select
        surveys.rowid as survey,
        arg_max(assignments.manager_id, row(assignments.valid_from, assignments.manager_id)) as manager_id,
    from surveys
    inner join assignments
        on
            surveys.customer_id = assignments.customer_id
            and surveys.survey_date >= assignments.valid_from
            and surveys.survey_date <= coalesce(assignments.valid_to, surveys.survey_date)
    where surveys.survey_date between $from_date and $to_date and surveys.manager_id is null
    group by surveys.rowid
),

placed as (
    select
        surveys.survey_date,
        surveys.audience,
        surveys.score,
        coalesce(surveys.customer_id, 'unknown') as customer_id,
        coalesce(surveys.manager_id, assigned.manager_id, customers.manager_id, 'unknown') as manager_id,
        coalesce(customers.area, 'unknown') as area,
        coalesce(customers.market, 'unknown') as market,
        coalesce(customers.channel, 'unknown') as channel,
        customers.tier,
        coalesce(
            printf('%02d–%02d', (customers.tier - 1) // 5 * 5 + 1, (customers.tier - 1) // 5 * 5 + 5), 'unknown'
        ) as tier_band,
        strftime(surveys.survey_date, '%Y-%m') as month,
        strftime(date_trunc('week', surveys.survey_date), '%Y-%m-%d') as week,
        'whole' as whole,
    from surveys
    left join assigned on surveys.rowid = assigned.survey
    left join customers on surveys.customer_id = customers.customer_id
    where surveys.survey_date between $from_date and $to_date
),

described as (
    select
        placed.*,
        coalesce(managers.team, 'unknown') as team,
    from placed
    left join managers using (manager_id)
)

select *
from described
where {customer_filter} and {owner_filter}
