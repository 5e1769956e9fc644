-- metric:  territories
-- title:   Territories, and what was done in them · 辖区与工作面
-- asks:    Where are each manager's customers, and how many of them were planned, visited and checked? ·
--   各客户经理的客户在哪里，其中多少有计划、有拜访、有核查？
-- formula: customers of each manager's licensed base by area, market and tiers, and those among them with a row of the
--   visit plan, a visit by that manager, a shelf check · 各客户经理在册客户按片区、市场类型、档位段分列，及其中有拜访计划、本人拜访、终端核查的户数
-- unit:    list
-- columns: manager_id varchar, area varchar, market varchar, tier_band varchar, customers bigint, key_customers bigint,
--   visited bigint, visited_key_customers bigint, planned_customers bigint, planned_key_customers bigint,
--   checked_customers bigint, focus_checked_customers bigint
-- by:
-- needs:   customers
-- empty:   No customer of the licensed base has a manager. · 在册客户都没有客户经理。
-- source:  vocabulary section 3, call_coverage and key_call_coverage; section 6
-- rules:   The base is the manager's at the end of the period; only that manager's own plan and visits count, and
--   checks by whomever. · 以期末归属为准；计划与拜访只计本人的，核查不论何人。
with planned as (
    select distinct
        customer_id,
        manager_id,
    from visit_plan
    where plan_date between $from_date and $to_date
),

seen as (
    select distinct
        customer_id,
        manager_id,
    from visits
    where visit_date between $from_date and $to_date
),

looked_at as (
    select
        shelf_checks.customer_id,
        bool_or(coalesce(products.focus, false)) as of_focus,
    from shelf_checks
    left join products using (sku_id)
    where shelf_checks.check_date between $from_date and $to_date
    group by shelf_checks.customer_id
),

described as (
    select
        licensed_base.manager_id,
        licensed_base.area,
        licensed_base.market,
        licensed_base.tier_band,
        ranked_key_customers.customer_id is not null as is_key,
        seen.customer_id is not null as is_visited,
        planned.customer_id is not null as is_planned,
        looked_at.customer_id is not null as is_checked,
        coalesce(looked_at.of_focus, false) as is_focus_checked,
    from licensed_base
    left join ranked_key_customers using (customer_id)
    left join seen
        on licensed_base.customer_id = seen.customer_id and licensed_base.manager_id = seen.manager_id
    left join planned
        on licensed_base.customer_id = planned.customer_id and licensed_base.manager_id = planned.manager_id
    left join looked_at on licensed_base.customer_id = looked_at.customer_id
    where licensed_base.manager_id <> 'unknown'
)

select
    manager_id,
    area,
    market,
    tier_band,
    count(*) as customers,
    count(*) filter (is_key) as key_customers,
    count(*) filter (is_visited) as visited,
    count(*) filter (is_visited and is_key) as visited_key_customers,
    count(*) filter (is_planned) as planned_customers,
    count(*) filter (is_planned and is_key) as planned_key_customers,
    count(*) filter (is_checked) as checked_customers,
    count(*) filter (is_focus_checked) as focus_checked_customers,
from described
group by manager_id, area, market, tier_band
order by manager_id, area, market, tier_band
