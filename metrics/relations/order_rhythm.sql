-- How the vital customers in scope ordered in the 26 weeks up to the last day: on how many days, the median of days
-- between them (told from four order days on), the weekday of most of them (1 is Monday; of equals the first), and what
-- of the last 12 weeks' orders was not delivered.
with ordered as (
    select
        customer_id,
        order_date,
        max(case when qty > 0 then order_date end) as bought_on,
        sum(greatest(ordered_qty - greatest(qty, 0), 0)) filter (
            ordered_qty > 0 and order_date > $to_date::date - 84
        ) as undelivered,
    from sales
    where
        order_date > $to_date::date - 182
        and order_date <= $to_date
        and customer_id in (
            select vital_customers.customer_id
            from vital_customers
            semi join scoped_customers on vital_customers.customer_id = scoped_customers.customer_id
        )
    group by customer_id, order_date
),

spaced as (
    select
        customer_id,
        undelivered,
        isodow(bought_on) as weekday,
        bought_on - lag(bought_on ignore nulls) over (partition by customer_id order by order_date) as gap,
    from ordered
)

select
    customer_id,
    count(weekday) as order_days,
    case when count(weekday) >= 4 then median(gap) end as usual_gap,
    mode(weekday order by weekday) as usual_weekday,
    sum(undelivered)::double as undelivered,
from spaced
group by customer_id
