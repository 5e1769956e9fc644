-- The months of the period in which each customer is in the licensed base and in scope, were each month the period: a
-- bit a month, by its number among the whole months.
with span as (
    select
        min(month_start) as first_month,
        (1::bigint << count(*)) - 1 as all_months,
        count(*) as months,
    from whole_months
),

master as (
    select coalesce(bool_or(not is_derived), false) as is_there
    from customers
),

closed_buyers as (
    select
        bought.customer_id,
        bit_or(1::bigint << whole_months.month_number) as months,
    from months.closed_orders as bought
    inner join whole_months on date_trunc('month', bought.order_date)::date = whole_months.month_start
    group by bought.customer_id
),

-- Where there is no customer master, a purchase counts for its month and the eleven after it.
buyers_of_the_year as (
    select
        customer_sales_by_month.customer_id,
        bit_or(4095::bigint << (datediff('month', span.first_month, customer_sales_by_month.day) + 11)) >> 11 as months,
    from customer_sales_by_month
    cross join span
    cross join master
    where
        not master.is_there
        and customer_sales_by_month.last_bought is not null
        and customer_sales_by_month.customer_id <> 'unknown'
        and customer_sales_by_month.day >= span.first_month - interval 11 month
        and customer_sales_by_month.day < span.first_month + span.months * interval 1 month
    group by customer_sales_by_month.customer_id
),

with_others as (
    select
        customer_id,
        bit_or(months) as months,
    from month_managers
    where not ({owner_filter})
    group by customer_id
),

described as (
    select
        customers.customer_id,
        coalesce(customers.area, 'unknown') as area,
        coalesce(customers.channel, 'unknown') as channel,
        customers.tier,
        coalesce(
            printf('%02d–%02d', (customers.tier - 1) // 5 * 5 + 1, (customers.tier - 1) // 5 * 5 + 5), 'unknown'
        ) as tier_band,
        span.all_months
        & ~coalesce(with_others.months, 0)
        & case
            when not master.is_there then coalesce(buyers_of_the_year.months, 0)
            when customers.is_derived then 0
            when coalesce(customers.status, 'active') <> 'active' then coalesce(closed_buyers.months, 0)
            when customers.opened_on is null then span.all_months
            else ~(
                (1::bigint << least(greatest(datediff('month', span.first_month, customers.opened_on), 0), span.months))
                - 1
            )
        end as months,
    from customers
    cross join span
    cross join master
    left join closed_buyers using (customer_id)
    left join buyers_of_the_year using (customer_id)
    left join with_others using (customer_id)
)

select
    customer_id,
    tier,
    months,
from described
where months > 0 and {customer_filter}
