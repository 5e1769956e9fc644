-- metric:  plan_compliance
-- title:   Plan compliance · 计划完成率
-- asks:    Were the planned visits made? · 计划的拜访完成了吗？
-- formula: planned rows whose customer the manager visited within one day either side ÷ planned rows ·
--   计划日前后一天内由本人拜访的计划行 ÷ 计划行
-- unit:    share
-- columns: kept bigint, planned bigint, plan_compliance double
-- by:      area market channel tier tier_band team manager_id customer_id month week
-- periods: grouped
-- needs:   visit_plan visits
-- empty:   No visit was planned in the period. · 本期没有拜访计划。
-- source:  vocabulary section 3
-- rules:   Only visits by the planned manager count. · 只计计划所列客户经理本人的拜访。
with planned_rows as (
    select
        plan.plan_date,
        plan.customer_id,
        plan.manager_id,
        coalesce(managers.team, 'unknown') as team,
        coalesce(customers.area, 'unknown') as area,
        coalesce(customers.market, 'unknown') as market,
        coalesce(customers.channel, 'unknown') as channel,
        customers.tier,
        coalesce(
            printf('%02d–%02d', (customers.tier - 1) // 5 * 5 + 1, (customers.tier - 1) // 5 * 5 + 5), 'unknown'
        ) as tier_band,
        strftime(plan.plan_date, '%Y-%m') as month,
        strftime(date_trunc('week', plan.plan_date), '%Y-%m-%d') as week,
        'whole' as whole,
        plan.is_kept,
    from months.planned_visits as plan
    left join managers using (manager_id)
    left join customers using (customer_id)
    where plan.plan_date between $from_date and $to_date and exists (select 1 from visits)
)

select
    {by},
    count(*) filter (is_kept) as kept,
    count(*) as planned,
    kept / planned as plan_compliance,
from (
    select *
    from planned_rows
    where {customer_filter} and {owner_filter}
)
group by {by}
order by {by}
