-- metric:  active_customers
-- title:   Active customers · 活跃客户
-- asks:    How many customers bought? · 有多少客户购货？
-- formula: customers with a net quantity above zero · 净销量大于零的客户数
-- unit:    count
-- columns: active_customers bigint
-- by:      area market channel tier tier_band team manager_id brand maker price_class sku_id month week
-- periods: grouped
-- needs:   sales quantities
-- empty:   No customer bought in the period. · 本期没有客户购货。
-- source:  retail distribution audit; vocabulary section 3
-- rules:   Sales that name no customer are left out. · 未注明客户的销售不计。
with buyers as (
    select
        {by},
        customer_id,
    from scoped_sales
    where customer_id <> 'unknown'
    group by {by}, customer_id
    having sum(qty) > 0
)

select
    {by},
    count(*) as active_customers,
from buyers
group by {by}
order by {by}
