-- How the vital customers in scope ordered in the 26 weeks up to the last day: on how many days, the median of days
-- between them (told from four order days on), and the weekday of most of them (1 is Monday; of equals the first).
with asked as (
    select customer_id
    from vital_customers
    semi join scoped_customers using (customer_id)
),

recent as (
    select
        customer_orders.customer_id,
        list_filter(
            customer_orders.order_days, lambda day: day > $to_date::date - 182 and day <= $to_date::date
        ) as days,
    from months.customer_orders
    semi join asked using (customer_id)
),

counted as (
    select
        *,
        map_entries(list_histogram(list_transform(days, lambda day: isodow(day)))) as weekdays,
    from recent
)

select
    customer_id,
    len(days) as order_days,
    case
        when len(days) >= 4
            then list_median(list_transform(list_zip(days[2:], days[:-2]), lambda pair: pair[1] - pair[2]))
    end as usual_gap,
    -- The fewer days past Monday, the larger: of equals the first.
    -list_max(
        list_transform(weekdays, lambda one: struct_pack(orders := one.value, day := -one.key))
    ).day as usual_weekday,
from counted
