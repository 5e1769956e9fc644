-- metric:  distribution_attainment
-- title:   Distribution target attainment · 铺货目标完成率
-- asks:    How much of the distribution that was set as a target was reached? · 铺货目标完成了多少？
-- formula: Σ handlers ÷ Σ (target × eligible), over each manager, product and whole month with a target ·
--   按有目标的客户经理、品规、整月：Σ 铺货户 ÷ Σ（目标铺货率 × 可铺货户）
-- unit:    share
-- columns: handlers bigint, eligible bigint, target_handlers double, distribution_target double,
--   distribution_attainment double
-- by:      team manager_id brand maker price_class sku_id month
-- periods: grouped
-- needs:   sales quantities targets
-- empty:   No manager in scope has a distribution target for these products in a whole month of the period, or the
--   scope is narrowed by area, tier, channel or customer, for which there are no targets.
--   · 所选客户经理在期内没有这些品规的整月铺货目标，或所选范围按片区、档位、业态或客户收窄，而目标不按这些设定。
-- source:  vocabulary section 3, target_attainment
-- rules:   Handlers and eligible customers are those of the month alone, under the manager of its last day. The target
--   shown is Σ (target × eligible) ÷ Σ eligible. · 铺货户与可铺货户按当月、当月末所属客户经理计；所列目标为 Σ（目标 × 可铺货户）÷ Σ 可铺货户。
with monthly_targets as (
    select
        whole_months.month_number,
        targets.month,
        targets.manager_id,
        targets.sku_id,
        sum(targets.value) as target,
    from targets
    inner join whole_months on targets.month = strftime(whole_months.month_start, '%Y-%m')
    where
        targets.measure = 'numeric_distribution'
        and len($area::varchar[]) + len($tier_band::varchar[]) + len($channel::varchar[]) + len($customer::varchar[])
        = 0
    group by whole_months.month_number, targets.month, targets.manager_id, targets.sku_id
),

targeted as (
    select
        monthly_targets.*,
        scoped_products.* exclude (sku_id),
        coalesce(scoped_products.min_tier, 0) as lowest_tier,
        coalesce(managers.team, 'unknown') as team,
        'whole' as whole,
    from monthly_targets
    inner join scoped_products using (sku_id)
    left join managers using (manager_id)
),

-- The months of each customer under each manager who has targets, as bits: few rows, since few change hands.
managed as (
    select
        customer_id,
        manager_id,
        any_value(licensed_months.tier) as tier,
        bit_or(month_managers.months) & any_value(licensed_months.months) as months,
    from month_managers
    inner join licensed_months using (customer_id)
    where month_managers.manager_id in (select targeted.manager_id from targeted)
    group by customer_id, manager_id
),

managed_patterns as (
    select
        manager_id,
        tier,
        months,
        count(*) as customers,
    from managed
    group by manager_id, tier, months
),

-- Who may carry a product is the same for all products of a lowest tier.
possible as (
    select
        asked.month_number,
        asked.manager_id,
        asked.lowest_tier,
        sum(managed_patterns.customers)::bigint as eligible,
    from (
        select distinct
            month_number,
            manager_id,
            lowest_tier,
        from targeted
    ) as asked
    inner join managed_patterns
        on
            asked.manager_id = managed_patterns.manager_id
            and (managed_patterns.months >> asked.month_number) & 1 = 1
    where managed_patterns.tier is null or managed_patterns.tier >= asked.lowest_tier
    group by asked.month_number, asked.manager_id, asked.lowest_tier
),

held_against as (
    select
        targeted.*,
        possible.eligible,
        targeted.target * possible.eligible as target_handlers,
        dense_rank() over (order by {by}) as cell,
    from targeted
    inner join possible using (month_number, manager_id, lowest_tier)
),

bought as materialized (
    select
        buying_months.sku_id,
        managed.manager_id,
        managed.tier,
        buying_months.months & managed.months as months,
    from buying_months
    inner join managed using (customer_id)
    where buying_months.sku_id in (select targeted.sku_id from targeted)
),

-- A customer counts as often as a month has a target and a purchase: the bits both have, without a row a month.
asked as (
    select
        cell,
        manager_id,
        sku_id,
        any_value(min_tier) as min_tier,
        bit_or(1::bigint << month_number) as months,
    from held_against
    group by cell, manager_id, sku_id
),

carried as (
    select
        asked.cell,
        sum(bit_count(bought.months & asked.months))::bigint as handlers,
    from bought
    inner join asked using (manager_id, sku_id)
    where asked.min_tier is null or bought.tier is null or bought.tier >= asked.min_tier
    group by asked.cell
)

select
    {by},
    coalesce(any_value(carried.handlers), 0) as handlers,
    sum(held_against.eligible)::bigint as eligible,
    sum(held_against.target_handlers)::double as target_handlers,
    sum(held_against.target_handlers)::double / sum(held_against.eligible) as distribution_target,
    coalesce(any_value(carried.handlers), 0) / sum(held_against.target_handlers)::double as distribution_attainment,
from held_against
left join carried using (cell)
group by {by}
having sum(held_against.target_handlers) > 0
order by {by}
