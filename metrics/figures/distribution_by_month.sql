-- metric:  distribution_by_month
-- title:   Numeric distribution month by month · 逐月铺货率
-- asks:    Does the distribution of each product grow from month to month? · 各品规的铺货率逐月在上升吗？
-- formula: handlers ÷ eligible of each month by itself · 逐月：当月铺货户 ÷ 当月可铺货户
-- unit:    list
-- columns: month varchar, handlers bigint, eligible bigint, numeric_distribution double
-- by:      brand maker price_class sku_id
-- needs:   sales quantities
-- empty:   No whole month in the period. · 本期没有完整的月份。
-- source:  retail distribution audit; vocabulary section 3
-- rules:   The numeric distribution of each whole calendar month of the period as if that month were the period, all
--   in one pass, but that a month without any sale is at nought; at most the last 36 months. ·
--   期内每个完整自然月各自的铺货率，一次算出，唯没有任何销售的月份记为零；至多最近36个月。
with handled as (
    select
        {product_by},
        buying_months.customer_id,
        bit_or(buying_months.months & licensed_months.months) as months,
    from buying_months
    inner join scoped_products using (sku_id)
    inner join licensed_months using (customer_id)
    where
        licensed_months.tier is null
        or scoped_products.min_tier is null
        or licensed_months.tier >= scoped_products.min_tier
    group by {product_by}, buying_months.customer_id
),

patterns as (
    select
        {product_by},
        months,
        count(*) as customers,
    from handled
    group by {product_by}, months
),

handlers_by_month as (
    select
        {product_by},
        whole_months.month_start,
        sum(patterns.customers)::bigint as handlers,
    from patterns
    inner join whole_months on (patterns.months >> whole_months.month_number) & 1 = 1
    group by {product_by}, whole_months.month_start
),

product_groups as (
    select
        {product_by},
        min(coalesce(min_tier, 0)) as lowest_tier,
    from scoped_products
    group by {product_by}
),

licensed_patterns as (
    select
        tier,
        months,
        count(*) as customers,
    from licensed_months
    group by tier, months
),

licensed_tiers as (
    select
        whole_months.month_start,
        licensed_patterns.tier,
        sum(licensed_patterns.customers) as customers,
    from licensed_patterns
    inner join whole_months on (licensed_patterns.months >> whole_months.month_number) & 1 = 1
    group by whole_months.month_start, licensed_patterns.tier
),

eligible_by_month as (
    select
        {product_by},
        licensed_tiers.month_start,
        sum(licensed_tiers.customers)::bigint as eligible,
    from product_groups
    inner join licensed_tiers
        on licensed_tiers.tier is null or licensed_tiers.tier >= product_groups.lowest_tier
    group by {product_by}, licensed_tiers.month_start
)

select
    {columns_by} strftime(month_start, '%Y-%m') as month,
    coalesce(handlers_by_month.handlers, 0) as handlers,
    eligible_by_month.eligible,
    coalesce(handlers_by_month.handlers, 0) / eligible_by_month.eligible as numeric_distribution,
from eligible_by_month
left join handlers_by_month using ({product_by}, month_start)
order by {columns_by} month
