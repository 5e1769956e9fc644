-- metric:  month_progress
-- title:   How far the month is · 本月进度
-- asks:    How much of the month was done by the same working day of earlier months? · 往月到同一个工作日完成了多少？
-- formula: amount, quantity and visits up to the working day that the last day of the period is, and of the whole
--   month, for its month and the twelve before · 本月及此前12个月：截至与期末同序的工作日的销售额、销量、拜访数，及全月数
-- unit:    list
-- columns: month varchar, measure varchar, working_days bigint, done double, total double
-- by:      manager_id
-- needs:   sales
-- empty:   Neither sales nor visits in the twelve months up to the last day. · 截至期末近12个月既无销售也无拜访。
-- source:  the development triangle of claims reserving (chain ladder), a month in place of an accident year
-- rules:   Working days are those on which anybody in the business sold, or for visits visited. A sale counts for the
--   manager who owned it on its day, a visit for who made it. Distribution: pairs of customer and product with a
--   target in the month, counted from the first day in a month on which the customer bought it. ·
--   工作日指全公司有销售（拜访则为有拜访）的日子；销售计入当日所属客户经理，拜访计入实施人。铺货：本月有铺货目标的品规与客户的组合，自当月首次购进日起计。
-- A month that the extract begins in the middle of is none to learn from.
with begins as (
    select
        'sales' as source,
        min(order_date) - 7 as day,
    from sales
    union all
    select
        'visits',
        min(visit_date) - 7,
    from visits
),

days as (
    select distinct
        'sales' as source,
        order_date as day,
    from sales
    where order_date between date_trunc('month', $to_date::date) - interval 12 month and last_day($to_date::date)
    union all
    select distinct
        'visits',
        visit_date,
    from visits
    where visit_date between date_trunc('month', $to_date::date) - interval 12 month and last_day($to_date::date)
),

reached as (
    select
        source,
        count(*) as working_days,
    from days
    where day between date_trunc('month', $to_date::date) and $to_date
    group by source
),

numbered as (
    select
        days.source,
        days.day,
        row_number() over (partition by days.source, date_trunc('month', days.day) order by days.day) as number,
    from days
    inner join begins on days.source = begins.source and date_trunc('month', days.day) >= begins.day
),

cuts as (
    select
        numbered.source,
        date_trunc('month', numbered.day) as month,
        max(numbered.day) filter (numbered.number <= reached.working_days) as cut,
        any_value(reached.working_days) as working_days,
    from numbered
    inner join reached using (source)
    group by numbered.source, date_trunc('month', numbered.day)
),

-- Grouped by their keys: so DuckDB sees that each line meets one row at most, and leaves out a join that nobody needs.
one_customer as (
    select
        customer_id,
        coalesce(any_value(area), 'unknown') as area,
        coalesce(any_value(channel), 'unknown') as channel,
        any_value(tier) as tier,
        coalesce(
            printf('%02d–%02d', (any_value(tier) - 1) // 5 * 5 + 1, (any_value(tier) - 1) // 5 * 5 + 5), 'unknown'
        ) as tier_band,
    from customers
    group by customer_id
),

one_product as (
    select
        sku_id,
        any_value(brand) as brand,
        any_value(maker) as maker,
        any_value(price_class) as price_class,
        any_value(min_tier) as min_tier,
    from products
    group by sku_id
),

one_manager as (
    select
        manager_id,
        any_value(team) as team,
    from managers
    group by manager_id
),

lines as (
    select
        sales.order_date as day,
        sales.customer_id,
        sales.sku_id,
        sales.qty,
        sales.amount,
        coalesce(sales.owner_id, 'unknown') as manager_id,
        coalesce(one_manager.team, 'unknown') as team,
        coalesce(one_customer.area, 'unknown') as area,
        coalesce(one_customer.channel, 'unknown') as channel,
        coalesce(one_customer.tier_band, 'unknown') as tier_band,
        coalesce(one_product.brand, 'unknown') as brand,
        coalesce(one_product.maker, 'unknown') as maker,
        coalesce(one_product.price_class, 'unknown') as price_class,
    from sales
    left join one_manager on sales.owner_id = one_manager.manager_id
    left join one_customer on sales.customer_id = one_customer.customer_id
    left join one_product on sales.sku_id = one_product.sku_id
    where sales.order_date between date_trunc('month', $to_date::date) - interval 12 month and last_day($to_date::date)
),

own_lines as (
    select
        day,
        customer_id,
        sku_id,
        qty,
        amount,
        manager_id,
    from lines
    where {customer_filter} and {owner_filter} and {product_filter}
),

own_days as (
    select
        manager_id,
        'whole' as whole,
        day,
        date_trunc('month', day) as month,
        sum(qty) as qty,
        sum(amount) as amount,
    from own_lines
    group by manager_id, day
),

aimed_at as (
    select
        targets.manager_id,
        targets.sku_id,
        any_value(one_product.min_tier) as min_tier,
    from targets
    inner join one_product on targets.sku_id = one_product.sku_id
    where targets.measure = 'numeric_distribution' and targets.month = strftime($to_date::date, '%Y-%m')
    group by targets.manager_id, targets.sku_id
),

pairs as (
    select
        own_lines.manager_id,
        'whole' as whole,
        date_trunc('month', own_lines.day) as month,
        min(own_lines.day) as day,
    from own_lines
    inner join aimed_at on own_lines.manager_id = aimed_at.manager_id and own_lines.sku_id = aimed_at.sku_id
    left join one_customer on own_lines.customer_id = one_customer.customer_id
    where
        own_lines.qty > 0
        and (one_customer.tier is null or aimed_at.min_tier is null or one_customer.tier >= aimed_at.min_tier)
    group by own_lines.manager_id, date_trunc('month', own_lines.day), own_lines.customer_id, own_lines.sku_id
),

visited as (
    select
        visits.visit_date as day,
        date_trunc('month', visits.visit_date) as month,
        visits.manager_id,
        coalesce(one_manager.team, 'unknown') as team,
        coalesce(one_customer.area, 'unknown') as area,
        coalesce(one_customer.channel, 'unknown') as channel,
        coalesce(one_customer.tier_band, 'unknown') as tier_band,
        visits.customer_id,
        'whole' as whole,
    from visits
    left join one_manager using (manager_id)
    left join one_customer on visits.customer_id = one_customer.customer_id
    where visits.visit_date between date_trunc('month', $to_date::date) - interval 12 month and last_day($to_date::date)
),

measured as (
    select
        {columns_by}
        own_days.month,
        unnest(['amount', 'qty']) as measure,
        unnest([sum(amount) filter (day <= cut), sum(qty) filter (day <= cut)])::double as done,
        unnest([sum(amount), sum(qty)])::double as total,
        any_value(working_days) as working_days,
    from own_days
    inner join cuts on cuts.source = 'sales' and own_days.month = cuts.month
    group by {columns_by} own_days.month
    union all
    select
        {columns_by}
        pairs.month,
        'numeric_distribution',
        count(*) filter (day <= cut),
        count(*),
        any_value(working_days),
    from pairs
    inner join cuts on cuts.source = 'sales' and pairs.month = cuts.month
    group by {columns_by} pairs.month
    union all
    select
        {columns_by}
        visited.month,
        'visits',
        count(*) filter (day <= cut),
        count(*),
        any_value(working_days),
    from visited
    inner join cuts on cuts.source = 'visits' and visited.month = cuts.month
    where {customer_filter} and {owner_filter}
    group by {columns_by} visited.month
)

select
    {columns_by}
    strftime(measured.month, '%Y-%m') as month,
    measure,
    working_days,
    coalesce(done, 0) as done,
    total,
from measured
order by {columns_by} measure, measured.month
