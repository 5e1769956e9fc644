-- Customers of the whole business, whatever the scope, that are key now or were a year before: among the first fifth,
-- rounded up, by net amount over the twelve months up to the last day, or over the twelve before; ties by customer.
with net as (
    select
        customer_id,
        sum(amount) filter (period = 'year') as amount,
        sum(amount) filter (period = 'year_before') as amount_before,
        max(last_bought) filter (period = 'year') as last_order,
    from summed_customer_sales
    where period in ('year', 'year_before') and customer_id <> 'unknown'
    group by customer_id
),

now_ranked as (
    select
        customer_id,
        row_number() over (order by amount desc, customer_id) as position,
        count(*) over () as n,
        sum(amount) over () as total,
        sum(amount) over (order by amount desc, customer_id rows unbounded preceding) as running,
    from net
    where amount > 0
),

before_ranked as (
    select
        customer_id,
        row_number() over (order by amount_before desc, customer_id) as position,
        count(*) over () as n,
    from net
    where amount_before > 0
)

select
    net.*,
    now_ranked.position,
    before_ranked.position as position_before,
    coalesce(now_ranked.position <= (now_ranked.n + 4) // 5, false) as is_key,
    coalesce(before_ranked.position <= (before_ranked.n + 4) // 5, false) as was_key,
    (net.amount / now_ranked.total)::double as amount_share,
    (now_ranked.running / now_ranked.total)::double as running_share,
from net
left join now_ranked using (customer_id)
left join before_ranked using (customer_id)
where is_key or was_key
