-- metric:  like_for_like_growth
-- title:   Like for like · 同店同比
-- asks:    How do the customers who bought in both years compare? · 两年都购货的客户变化多少？
-- formula: amount ÷ last year's amount − 1, over customers with a net amount above zero in both · 两期净额均大于零的客户：销售额 ÷
--   去年同期 − 1
-- unit:    change
-- columns: customers bigint, amount decimal, last_year_amount decimal, like_for_like_growth double
-- by:      area market channel tier tier_band team manager_id customer_id month week
-- periods: each
-- needs:   sales
-- empty:   No customer bought both in the period and a year earlier. · 没有客户在本期和去年同期都购货。
-- source:  vocabulary section 3
-- rules:   Customers stand under the manager they have on the last day of the period. · 客户归其期末所属的客户经理。
with both_years as (
    select
        customer_id,
        sum(amount) filter (period = 'now') as amount,
        sum(amount) filter (period = 'last_year') as last_year_amount,
    from customer_purchases
    where customer_id <> 'unknown' and period in ('now', 'last_year')
    group by customer_id
    having sum(amount) filter (period = 'now') > 0 and sum(amount) filter (period = 'last_year') > 0
)

select
    {by},
    count(*) as customers,
    sum(both_years.amount) as amount,
    sum(both_years.last_year_amount) as last_year_amount,
    sum(both_years.amount) / sum(both_years.last_year_amount) - 1 as like_for_like_growth,
from both_years
inner join scoped_customers using (customer_id)
group by {by}
order by {by}
