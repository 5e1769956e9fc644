-- metric:  customers_for_80
-- title:   Customers for 80% · 80%销售所需客户数
-- asks:    How few customers make 80% of the business? · 最少多少客户贡献80%的销售？
-- formula: the fewest customers, largest first, whose sum reaches 80% of the total · 自大到小累计达到80%所需的最少客户数
-- unit:    count
-- columns: customers_for_80 bigint, customers bigint, customers_for_80_share double
-- by:      area market channel tier tier_band team manager_id brand maker price_class sku_id month week
-- periods: grouped
-- needs:   sales
-- empty:   No customer has a net amount above zero in the period. · 本期没有净额大于零的客户。
-- source:  vocabulary section 3
-- rules:   Over customers with a net amount above zero. · 只计净额大于零的客户。
with running as (
    select
        {by},
        sum(amount) over (partition by {by} order by position) as reached,
        sum(amount) over (partition by {by}) as total,
    from ranked_amounts
    where amount > 0
)

select
    {by},
    count(*) filter (reached * 5 < total * 4) + 1 as customers_for_80,
    count(*) as customers,
    customers_for_80 / customers as customers_for_80_share,
from running
group by {by}
order by {by}
