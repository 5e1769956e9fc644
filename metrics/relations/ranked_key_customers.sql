-- Key customers of the whole business, whatever the scope: the first fifth, rounded up, by net amount over the
-- twelve months up to the last day; ties by customer.
with net as (
    select
        customer_id,
        sum(amount) as amount,
    from summed_customer_sales
    where period = 'year' and customer_id <> 'unknown'
    group by customer_id
    having sum(amount) > 0
),

ranked as (
    select
        customer_id,
        amount,
        row_number() over (order by amount desc, customer_id) as position,
        count(*) over () as customers,
        sum(amount) over () as total,
        sum(amount) over (order by amount desc, customer_id rows unbounded preceding) as running,
    from net
)

select *
from ranked
where position <= (customers + 4) // 5
