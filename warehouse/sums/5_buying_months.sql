-- The months in which each customer bought each product, net: a bit a month, the lowest for first_month. 120 months are
-- kept, up to the newest one: figures look back 36.
create or replace table months.buying_months as
with span as (
    select (max(month_start) - interval 119 month)::date as first_month
    from months.monthly_sales
),

bought as (
    select
        sku_id,
        customer_id,
        month_start,
    from months.monthly_sales
    group by all
    having sum(qty) > 0
)

select
    bought.sku_id,
    bought.customer_id,
    any_value(span.first_month) as first_month,
    bit_or(1::hugeint << datediff('month', span.first_month, bought.month_start)) as months,
from bought
inner join span on bought.month_start >= span.first_month
group by bought.sku_id, bought.customer_id
order by bought.sku_id
