-- metric:  like_for_like_growth
-- title:   Like for like · 同店同比
-- asks:    How do the customers who bought in both years compare? · 两年都购货的客户变化多少？
-- formula: amount ÷ last year's amount − 1, over customers with a net amount above zero in both · 两期净额均大于零的客户：销售额 ÷
--   去年同期 − 1
-- unit:    change
-- columns: customers bigint, amount decimal, last_year_amount decimal, like_for_like_growth double
-- by:      area market channel tier tier_band team manager_id month week
-- periods: each
-- needs:   sales
-- empty:   No customer bought both in the period and a year earlier. · 没有客户在本期和去年同期都购货。
-- source:  vocabulary section 3
-- rules:   Customers stand under the manager they have on the last day of the period. · 客户归其期末所属的客户经理。
with this_year as (
    select
        {by},
        customer_id,
        sum(amount) as amount,
    from purchases
    group by {by}, customer_id
    having sum(amount) > 0
),

year_before as (
    select
        customer_id,
        sum(amount) as amount,
    from purchases_in_scope
    where period = 'last_year'
    group by customer_id
    having sum(amount) > 0
)

select
    {by},
    count(*) as customers,
    sum(this_year.amount) as amount,
    sum(year_before.amount) as last_year_amount,
    sum(this_year.amount) / sum(year_before.amount) - 1 as like_for_like_growth,
from this_year
inner join year_before using (customer_id)
where this_year.customer_id <> 'unknown'
group by {by}
order by {by}
