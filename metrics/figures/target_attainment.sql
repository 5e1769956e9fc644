-- metric:  target_attainment
-- title:   Target attainment · 目标完成率
-- asks:    How much of the amount target was reached? · 销售额目标完成了多少？
-- formula: actual ÷ target, over the whole months in the period that have a target · 期内有目标的整月：实际 ÷ 目标
-- unit:    share
-- columns: actual decimal, target decimal, target_attainment double
-- by:      team manager_id month
-- periods: grouped
-- needs:   sales targets
-- empty:   No manager in scope has an amount target for a whole month of the period, or the scope is narrowed by
--   area, channel, brand or product, for which there are no targets.
--   · 所选客户经理在期内没有整月的销售额目标，或所选范围按片区、业态、品牌或品规收窄，而目标不按这些设定。
-- source:  vocabulary section 3
-- rules:   Both sides take only months for which that manager has a target. A team's is the sum of its managers'. ·
--   实际与目标只取该客户经理有目标的月份；部门为其客户经理之和。
with monthly_targets as (
    select
        targets.manager_id,
        coalesce(managers.team, 'unknown') as team,
        targets.month,
        'whole' as whole,
        sum(targets.value) as target,
    from targets
    left join managers using (manager_id)
    where
        targets.measure = 'amount'
        and (targets.month || '-01')::date >= $from_date
        and last_day((targets.month || '-01')::date) <= $to_date
        and not {is_narrowed_beyond_owners}
    group by all
),

monthly_actuals as (
    select
        manager_id,
        month,
        sum(amount) as actual,
    from scoped_sales
    group by all
)

select
    {by},
    coalesce(sum(monthly_actuals.actual), 0) as actual,
    sum(monthly_targets.target) as target,
    coalesce(sum(monthly_actuals.actual), 0) / sum(monthly_targets.target) as target_attainment,
from monthly_targets
left join monthly_actuals using (manager_id, month)
where {owner_filter}
group by {by}
having sum(monthly_targets.target) > 0
order by {by}
