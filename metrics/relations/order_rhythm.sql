-- How the vital customers in scope ordered in the 26 weeks up to the last day: on how many days, the median of days
-- between them (told from four order days on), and the weekday of most of them (1 is Monday; of equals the first).
with ordered as (
    select
        customer_id,
        order_date,
    from months.daily_customer_sales
    where
        order_date > $to_date::date - 182
        and order_date <= $to_date
        and is_order
        and customer_id in (
            select vital_customers.customer_id
            from vital_customers
            semi join scoped_customers on vital_customers.customer_id = scoped_customers.customer_id
        )
),

spaced as (
    select
        customer_id,
        isodow(order_date) as weekday,
        order_date - lag(order_date) over (partition by customer_id order by order_date) as gap,
    from ordered
)

select
    customer_id,
    count(*) as order_days,
    case when count(*) >= 4 then median(gap) end as usual_gap,
    mode(weekday order by weekday) as usual_weekday,
from spaced
group by customer_id
