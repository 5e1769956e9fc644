-- metric:  relationship_parts
-- title:   What the relationship is judged by · 客户关系评分依据
-- asks:    How regularly does each customer order, how broadly, and does it take up what is cultivated? ·
--   每户订货是否规律、品规是否丰富、是否接受重点培育品规？
-- formula: weeks with an order ÷ weeks; products bought ÷ products it may carry; amount ÷ its own usual amount − 1;
--   focus products bought ÷ focus products it may carry; checks that found a product on the shelf ÷ checks ·
--   有订货的周 ÷ 周数；所购品规 ÷ 可购品规；销售额 ÷ 自身常量 − 1；所购重点品规 ÷ 可购重点品规；上柜核查 ÷ 核查次数
-- unit:    list
-- columns: customer_id varchar, customer_name varchar, area varchar, tier integer, manager_id varchar, manager_name
--   varchar, weeks bigint, order_weeks bigint, regularity double, may_carry bigint, products bigint, breadth double,
--   amount decimal, usual_amount double, own_growth double, may_carry_focus bigint, focus_products bigint,
--   focus_uptake double, checks bigint, on_shelf bigint, shelf_compliance double
-- by:
-- needs:   sales quantities
-- empty:   No customer in scope is in the licensed base of the period. · 范围内没有在册客户。
-- source:  vocabulary section 5
-- rules:   Weeks are of seven days, counted back from the last day; days at the beginning that fill none are left out.
--   It may carry what anybody bought within twelve months and its tier allows. Usual amount: what it bought a day in
--   the twelve months up to the last day without the period, since it was opened, times the days of the period; told
--   from 28 days on. Bought is a net quantity above zero in one of the whole months
--   of the period. ·
--   周自期末起按七日倒推，期初不足一周的日子不计；可购品规：近12个月有人购进且档位允许者；自身常量：截至期末近12个月（自入网起）除本期外的日均额
--   × 本期天数，满28天才计；所购指本期任一整月净销量大于零。
with base as (
    select *
    from licensed_base
),

week_count as (
    select $days::bigint // 7 as weeks
),

order_days as (
    select
        customer_id,
        ($to_date::date - order_date) // 7 as week,
    from months.daily_customer_sales
    where is_order and order_date between $from_date and $to_date
),

ordered as (
    select
        order_days.customer_id,
        count(distinct order_days.week) as order_weeks,
    from order_days
    inner join week_count on order_days.week < week_count.weeks
    group by order_days.customer_id
),

on_sale as (
    select
        scoped_products.sku_id,
        scoped_products.min_tier,
        scoped_products.focus,
    from scoped_products
    where scoped_products.sku_id in (
        select summed_product_sales.sku_id
        from summed_product_sales
        where summed_product_sales.period = 'year' and summed_product_sales.last_bought is not null
    )
),

tiers as (
    select distinct tier
    from base
),

possible as (
    select
        tiers.tier,
        count(on_sale.sku_id) as may_carry,
        count(on_sale.sku_id) filter (on_sale.focus) as may_carry_focus,
    from tiers
    left join on_sale on tiers.tier is null or on_sale.min_tier is null or tiers.tier >= on_sale.min_tier
    group by tiers.tier
),

taken as (
    select
        base.customer_id,
        count(*) as products,
        count(*) filter (on_sale.focus) as focus_products,
    from buying_months
    inner join on_sale using (sku_id)
    inner join base using (customer_id)
    where on_sale.min_tier is null or base.tier is null or base.tier >= on_sale.min_tier
    group by base.customer_id
),

spent as (
    select
        customer_id,
        sum(amount) filter (period = 'now') as amount,
        sum(amount) filter (period = 'year') as year_amount,
    from summed_customer_sales
    where period in ('now', 'year')
    group by customer_id
),

known_days as (
    select
        customer_id,
        $to_date::date - greatest($year_from_date::date, coalesce(opened_on, $year_from_date)) + 1 - $days as days,
    from base
),

usual as (
    select
        known_days.customer_id,
        (coalesce(spent.year_amount, 0) - coalesce(spent.amount, 0))::double / known_days.days * $days as usual_amount,
    from known_days
    left join spent using (customer_id)
    where known_days.days >= 28
),

checked as (
    select
        customer_id,
        count(*) as checks,
        count(*) filter (on_shelf) as on_shelf,
    from scoped_shelf_checks
    where on_shelf is not null
    group by customer_id
)

select
    base.customer_id,
    coalesce(base.customer_name, base.customer_id) as customer_name,
    base.area,
    base.tier,
    base.manager_id,
    managers.manager_name,
    week_count.weeks,
    coalesce(ordered.order_weeks, 0) as order_weeks,
    coalesce(ordered.order_weeks, 0) / nullif(week_count.weeks, 0) as regularity,
    possible.may_carry,
    coalesce(taken.products, 0) as products,
    coalesce(taken.products, 0) / nullif(possible.may_carry, 0) as breadth,
    coalesce(spent.amount, 0) as amount,
    usual.usual_amount,
    case
        when usual.usual_amount > 0 then coalesce(spent.amount, 0)::double / usual.usual_amount - 1
    end as own_growth,
    possible.may_carry_focus,
    coalesce(taken.focus_products, 0) as focus_products,
    coalesce(taken.focus_products, 0) / nullif(possible.may_carry_focus, 0) as focus_uptake,
    coalesce(checked.checks, 0) as checks,
    coalesce(checked.on_shelf, 0) as on_shelf,
    coalesce(checked.on_shelf, 0) / nullif(checked.checks, 0) as shelf_compliance,
from base
cross join week_count
inner join possible on base.tier is not distinct from possible.tier
left join ordered on base.customer_id = ordered.customer_id
left join taken on base.customer_id = taken.customer_id
left join spent on base.customer_id = spent.customer_id
left join usual on base.customer_id = usual.customer_id
left join checked on base.customer_id = checked.customer_id
left join managers on base.manager_id = managers.manager_id
order by base.customer_id
