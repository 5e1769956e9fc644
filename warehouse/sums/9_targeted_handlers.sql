-- What each distribution target is held against: a row a month, manager and product that has one, with the customers
-- who may carry the product, licensed in that month and under the manager on its last day, and those who bought it,
-- net. Sorted by month. A manager without such customers in a month has no row for it.
create or replace table months.targeted_handlers as
with targeted as (
    select
        targets.month,
        targets.manager_id,
        targets.sku_id,
        coalesce(any_value(products.min_tier), 0) as lowest_tier,
        sum(targets.value) as target,
    from {source}targets as targets
    left join {source}products as products using (sku_id)
    where targets.measure = 'numeric_distribution'
    group by targets.month, targets.manager_id, targets.sku_id
),

asked as (
    select distinct
        month,
        (month || '-01')::date as month_start,
        last_day((month || '-01')::date) as month_end,
    from targeted
),

-- Of assignments that overlap, the one that began last holds.
assigned as (
    select
        asked.month,
        assignments.customer_id,
        arg_max(assignments.manager_id, (assignments.valid_from, assignments.manager_id)) as manager_id,
    from asked
    inner join {source}assignments as assignments
        on
            assignments.valid_from <= asked.month_end
            and (assignments.valid_to is null or assignments.valid_to >= asked.month_end)
    group by asked.month, assignments.customer_id
),

master as (
    select coalesce(bool_or(not is_derived), false) as is_there
    from {source}customers
),

closed_buyers as (
    select distinct
        strftime(order_date, '%Y-%m') as month,
        customer_id,
    from months.closed_orders
),

-- Where there is no customer master, a purchase counts for its month and the eleven after it.
buyers_of_the_year as (
    select distinct
        asked.month,
        sums.customer_id,
    from asked
    inner join months.monthly_customer_sales as sums
        on sums.month_start between asked.month_start - interval 11 month and asked.month_start
    cross join master
    where sums.last_bought is not null and sums.customer_id <> 'unknown' and not master.is_there
),

licensed as (
    select
        asked.month,
        customers.customer_id,
        customers.tier,
        coalesce(assigned.manager_id, customers.manager_id, 'unknown') as manager_id,
    from {source}customers as customers
    cross join asked
    cross join master
    left join assigned using (month, customer_id)
    left join closed_buyers using (month, customer_id)
    left join buyers_of_the_year using (month, customer_id)
    where
        case
            when not master.is_there then buyers_of_the_year.customer_id is not null
            when customers.is_derived then false
            when coalesce(customers.status, 'active') <> 'active' then closed_buyers.customer_id is not null
            else customers.opened_on is null or customers.opened_on <= asked.month_end
        end
),

-- Who may carry a product is the same for all products of a lowest tier.
possible as (
    select
        lowest.month,
        lowest.manager_id,
        lowest.lowest_tier,
        count(*) as eligible,
    from (
        select distinct
            month,
            manager_id,
            lowest_tier,
        from targeted
    ) as lowest
    inner join licensed using (month, manager_id)
    where licensed.tier is null or licensed.tier >= lowest.lowest_tier
    group by lowest.month, lowest.manager_id, lowest.lowest_tier
),

bought as (
    select
        strftime(month_start, '%Y-%m') as month,
        sku_id,
        customer_id,
    from months.monthly_sales
    semi join targeted using (sku_id)
    group by month_start, sku_id, customer_id
    having sum(qty) > 0
),

carried as (
    select
        targeted.month,
        targeted.manager_id,
        targeted.sku_id,
        count(*) as handlers,
    from bought
    inner join licensed using (month, customer_id)
    inner join targeted using (month, manager_id, sku_id)
    where licensed.tier is null or licensed.tier >= targeted.lowest_tier
    group by targeted.month, targeted.manager_id, targeted.sku_id
)

select
    (targeted.month || '-01')::date as month_start,
    targeted.manager_id,
    targeted.sku_id,
    targeted.target,
    possible.eligible,
    coalesce(carried.handlers, 0) as handlers,
from targeted
inner join possible using (month, manager_id, lowest_tier)
left join carried using (month, manager_id, sku_id)
order by month_start
