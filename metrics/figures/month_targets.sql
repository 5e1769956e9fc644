-- metric:  month_targets
-- title:   Targets of the month · 本月目标
-- asks:    What is each manager to reach in the month of the last day? · 期末所在月各客户经理要完成什么？
-- formula: the targets as they were given · 下达的目标
-- unit:    list
-- columns: manager_id varchar, measure varchar, sku_id varchar, target decimal
-- by:
-- needs:   targets
-- empty:   No manager in scope has a target in the month, or the scope is narrowed by area, channel, brand or product,
--   for which there are no targets. · 所选客户经理本月没有目标，或所选范围按片区、业态、品牌或品规收窄，而目标不按这些设定。
-- source:  vocabulary section 1
-- rules:   Distribution is set product by product. · 铺货率按品规设定。
with described as (
    select
        targets.manager_id,
        coalesce(managers.team, 'unknown') as team,
        targets.measure,
        targets.sku_id,
        targets.value,
    from targets
    left join managers using (manager_id)
    where targets.month = strftime($to_date::date, '%Y-%m') and not {is_narrowed_beyond_owners}
)

select
    manager_id,
    measure,
    sku_id,
    sum(value) as target,
from described
where {owner_filter}
group by manager_id, measure, sku_id
order by manager_id, measure, sku_id
