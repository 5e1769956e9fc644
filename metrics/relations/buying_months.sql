-- The whole months of the period in which each customer bought each product in scope, net: a bit a month, by number.
with span as (
    select
        min(month_start) as first_month,
        (1::hugeint << count(*)) - 1 as all_months,
        count(*) as months,
    from whole_months
),

moved as (
    select
        buying.sku_id,
        buying.customer_id,
        datediff('month', span.first_month, buying.first_month) as ahead,
        case
            when span.first_month >= buying.first_month
                then buying.months >> datediff('month', buying.first_month, span.first_month)
            -- Months that would be shifted beyond the span are left out first: it may begin long before the sales.
            else (buying.months & (span.all_months >> least(ahead, span.months))) << least(ahead, span.months)
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
