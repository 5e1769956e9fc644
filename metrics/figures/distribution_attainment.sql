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
with held_against as (
    select
        targeted.*,
        targeted.target * targeted.eligible as target_handlers,
        strftime(targeted.month_start, '%Y-%m') as month,
        scoped_products.* exclude (sku_id),
        coalesce(managers.team, 'unknown') as team,
        'whole' as whole,
    from months.targeted_handlers as targeted
    semi join whole_months on targeted.month_start = whole_months.month_start
    inner join scoped_products using (sku_id)
    left join managers using (manager_id)
    where
        len($area::varchar[]) + len($tier_band::varchar[]) + len($channel::varchar[]) + len($customer::varchar[])
        = 0
)

select
    {by},
    sum(handlers)::bigint as handlers,
    sum(eligible)::bigint as eligible,
    sum(target_handlers)::double as target_handlers,
    sum(target_handlers)::double / sum(eligible) as distribution_target,
    sum(handlers) / sum(target_handlers)::double as distribution_attainment,
from held_against
where {owner_filter}
group by {by}
having sum(target_handlers) > 0
order by {by}
