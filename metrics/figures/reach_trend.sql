-- metric:  reach_trend
-- title:   Reach over time · 铺货走势
-- asks:    Period by period, how many carry it, come back, and how much do they take? · 逐期看，多少户在经营、复购，进货多少？
-- formula: handlers, eligible customers, repeaters, quantity and amount of each period as if it were the period ·
--   各期单独计算的铺货户、可铺货户、复购户、净销量与净额
-- unit:    list
-- columns: handlers bigint, eligible bigint, numeric_distribution double, repeaters bigint, repeat_rate double,
--   qty decimal, velocity double, amount decimal
-- by:      month week
-- periods: grouped
-- needs:   sales quantities
-- empty:   No eligible customer in scope. · 范围内没有可铺货户。
-- source:  vocabulary section 3
-- rules:   The same as the figures of these names, all periods in one pass: customers, their managers and the licensed
--   base are those of the last day of each period; quantity and amount those of the customers in scope. A
--   period without any sale is at nought. · 与同名指标一致，
--   一次算出各期：客户、归属与持证户均以各期末为准；销量与销售额为范围内客户的。没有任何销售的期间记为零。
with days as (
    select unnest(generate_series($from_date::date, $to_date::date, interval 1 day))::date as day
),

labelled_days as (
    select
        day,
        strftime(day, '%Y-%m') as month,
        strftime(date_trunc('week', day), '%Y-%m-%d') as week,
        'whole' as whole,
    from days
),

spans as (
    select
        {by},
        min(day) as first_day,
        max(day) as last_day,
    from labelled_days
    group by {by}
),

assigned as (
    select
        {by},
        assignments.customer_id,
        arg_max(assignments.manager_id, assignments.valid_from) as manager_id,
    from assignments
    inner join spans
        on
            assignments.valid_from <= spans.last_day
            and (assignments.valid_to is null or assignments.valid_to >= spans.last_day)
    group by {by}, assignments.customer_id
),

described as (
    select
        spans.*,
        customers.customer_id,
        coalesce(customers.area, 'unknown') as area,
        coalesce(customers.channel, 'unknown') as channel,
        customers.tier,
        coalesce(
            printf('%02d–%02d', (customers.tier - 1) // 5 * 5 + 1, (customers.tier - 1) // 5 * 5 + 5), 'unknown'
        ) as tier_band,
        coalesce(customers.status, 'active') as status,
        customers.opened_on,
        customers.is_derived,
        coalesce(assigned.manager_id, customers.manager_id, 'unknown') as manager_id,
    from customers
    cross join spans
    left join assigned using ({by}, customer_id)
),

in_scope as (
    select
        described.*,
        coalesce(managers.team, 'unknown') as team,
    from described
    left join managers using (manager_id)
    where {customer_filter} and {owner_filter}
),

master as (
    select coalesce(bool_or(not is_derived), false) as is_there
    from customers
),

closed_buyers as (
    select distinct
        {by},
        bought.customer_id,
        true as has_bought,
    from months.closed_orders as bought
    inner join labelled_days on bought.order_date = labelled_days.day
),

buyers_of_the_year as (
    select distinct
        {by},
        sales.customer_id,
        true as has_bought,
    from customer_sales_by_month as sales
    inner join spans
        on sales.first_bought <= spans.last_day and sales.last_bought > spans.last_day - interval 12 months
    cross join master
    where not master.is_there
),

base as (
    select in_scope.*
    from in_scope
    cross join master
    left join closed_buyers using ({by}, customer_id)
    left join buyers_of_the_year using ({by}, customer_id)
    where
        case
            when not master.is_there then buyers_of_the_year.has_bought and in_scope.customer_id <> 'unknown'
            when in_scope.is_derived then false
            when in_scope.status = 'active'
                then in_scope.opened_on is null or in_scope.opened_on <= in_scope.last_day
            else closed_buyers.has_bought
        end
),

bought as (
    select
        {by},
        sales.customer_id,
        sales.sku_id,
        sum(sales.qty) as qty,
        sum(sales.amount) as amount,
        min(sales.first_bought) as first_bought,
        max(sales.last_bought) as last_bought,
    from summed_sales as sales
    semi join scoped_products using (sku_id)
    inner join labelled_days using (day)
    where sales.period = 'now'
    group by {by}, sales.customer_id, sales.sku_id
),

handlers as (
    select
        {by},
        customer_id,
        min(bought.first_bought) < max(bought.last_bought) as is_repeater,
    from bought
    inner join scoped_products using (sku_id)
    inner join base using ({by}, customer_id)
    where
        bought.qty > 0
        and (base.tier is null or scoped_products.min_tier is null or base.tier >= scoped_products.min_tier)
    group by {by}, customer_id
),

counted as (
    select
        {by},
        0 as handlers,
        count(*) as eligible,
        0 as repeaters,
        0 as qty,
        0 as amount,
    from base
    where base.tier is null or base.tier >= (select min(coalesce(min_tier, 0)) from scoped_products)
    group by {by}
    union all
    select
        {by},
        count(*),
        0,
        count(*) filter (is_repeater),
        0,
        0,
    from handlers
    group by {by}
    union all
    select
        {by},
        0,
        0,
        0,
        sum(bought.qty),
        sum(bought.amount),
    from bought
    inner join in_scope using ({by}, customer_id)
    group by {by}
)

select
    {columns_by} sum(counted.handlers)::bigint as handlers,
    sum(counted.eligible)::bigint as eligible,
    sum(counted.handlers) / sum(counted.eligible) as numeric_distribution,
    sum(counted.repeaters)::bigint as repeaters,
    sum(counted.repeaters) / nullif(sum(counted.handlers), 0) as repeat_rate,
    sum(counted.qty) as qty,
    sum(counted.qty) / nullif(sum(counted.handlers), 0) / max((spans.last_day - spans.first_day + 1) / 7) as velocity,
    sum(counted.amount) as amount,
from counted
inner join spans using ({by})
group by {by}
having sum(counted.eligible) > 0
order by {by}
