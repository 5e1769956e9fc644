-- The whole months of the period in which each customer bought each product in scope, net: a bit a month, by number.
with span as (
    select
        min(month_start) as first_month,
        (1::hugeint << count(*)) - 1 as all_months,
    from whole_months
),

moved as (
    select
        buying.sku_id,
        buying.customer_id,
        case
            when span.first_month >= buying.first_month
                then buying.months >> datediff('month', buying.first_month, span.first_month)
            else buying.months << datediff('month', span.first_month, buying.first_month)
        end
        & span.all_months as months,
    from months.buying_months as buying
    semi join scoped_products on buying.sku_id = scoped_products.sku_id
    inner join span on span.first_month is not null
)

select
    sku_id,
    customer_id,
    months::bigint as months,
from moved
where months > 0
