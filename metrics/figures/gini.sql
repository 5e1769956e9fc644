-- metric:  gini
-- title:   Gini coefficient · 基尼系数
-- asks:    How unequal are the customers' amounts? · 客户销售额有多不均？
-- formula: Σ(2i − n − 1)·x ÷ (n·Σx), x ascending, i from 1 · Σ(2i − n − 1)·x ÷ (n·Σx)，x 升序，i 从 1 起
-- unit:    index
-- columns: customers bigint, gini double
-- by:      area market channel tier tier_band team manager_id brand maker price_class sku_id month week
-- periods: grouped
-- needs:   sales
-- empty:   No customer has a net amount above zero in the period. · 本期没有净额大于零的客户。
-- source:  C. Gini 1912, in the form for ordered values; vocabulary section 3
-- rules:   0: all alike; towards 1: one has all. Over customers with a net amount above zero. · 0 为完全均等，趋近 1
--   为一户独占；只计净额大于零的客户。
with ascending as (
    select
        {by},
        amount::double as amount,
        row_number() over (partition by {by} order by amount) as i,
        count(*) over (partition by {by}) as n,
    from ranked_amounts
    where amount > 0
)

select
    {by},
    count(*) as customers,
    sum((2 * i - n - 1) * amount) / (any_value(n) * sum(amount)) as gini,
from ascending
group by {by}
order by {by}
