-- metric:  target_list
-- title:   Targets · 目标明细
-- asks:    Which targets does each manager have? · 各客户经理有哪些目标？
-- formula: targets of the months of the period, as they were set · 期内各月下达的目标，照录
-- unit:    list
-- columns: month varchar, manager_id varchar, target_measure varchar, sku_id varchar, target_value double
-- by:
-- needs:   targets
-- empty:   No target is set for a month of the period. · 本期各月均未下达目标。
-- source:  vocabulary section 1
-- rules:   Months that the period touches. · 期间涉及的各月。
with described as (
    select
        targets.month,
        targets.manager_id,
        coalesce(managers.team, 'unknown') as team,
        targets.measure as target_measure,
        targets.sku_id,
        targets.value::double as target_value,
    from targets
    left join managers using (manager_id)
    where targets.month between strftime($from_date::date, '%Y-%m') and strftime($to_date::date, '%Y-%m')
)

select
    month,
    manager_id,
    target_measure,
    sku_id,
    target_value,
from described
where {owner_filter}
order by month, manager_id, target_measure, sku_id
