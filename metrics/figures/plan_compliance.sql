-- metric:  plan_compliance
-- title:   Plan compliance · 计划完成率
-- asks:    Were the planned visits made? · 计划的拜访完成了吗？
-- formula: planned rows whose customer the manager visited within one day either side ÷ planned rows ·
--   计划日前后一天内由本人拜访的计划行 ÷ 计划行
-- unit:    share
-- columns: kept bigint, planned bigint, plan_compliance double
-- by:      area market channel tier team manager_id customer_id month week
-- periods: grouped
-- needs:   visit_plan visits
-- empty:   No visit was planned in the period. · 本期没有拜访计划。
-- source:  vocabulary section 3
-- rules:   Only visits by the planned manager count. · 只计计划所列客户经理本人的拜访。
with planned_rows as (
    select
        visit_plan.plan_date,
        visit_plan.customer_id,
        visit_plan.manager_id,
        coalesce(managers.team, 'unknown') as team,
        coalesce(customers.area, 'unknown') as area,
        coalesce(customers.market, 'unknown') as market,
        coalesce(customers.channel, 'unknown') as channel,
        customers.tier,
        strftime(visit_plan.plan_date, '%Y-%m') as month,
        strftime(date_trunc('week', visit_plan.plan_date), '%Y-%m-%d') as week,
        'whole' as whole,
        (
            select count(*)
            from visits
            where
                visits.customer_id = visit_plan.customer_id
                and visits.manager_id = visit_plan.manager_id
                and visits.visit_date between visit_plan.plan_date - 1 and visit_plan.plan_date + 1
        ) > 0 as is_kept,
    from visit_plan
    left join managers using (manager_id)
    left join customers using (customer_id)
    where visit_plan.plan_date between $from_date and $to_date and exists (select 1 from visits)
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
