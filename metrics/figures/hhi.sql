-- metric:  hhi
-- title:   Herfindahl index · 赫芬达尔指数
-- asks:    How concentrated is the business, the largest customers weighing most? · 生意有多集中（大户权重最高）？
-- formula: Σ share² · Σ 份额²
-- unit:    index
-- columns: customers bigint, hhi double
-- by:      area market channel tier tier_band team manager_id brand maker price_class sku_id month week
-- periods: grouped
-- needs:   sales
-- empty:   No customer has a net amount above zero in the period. · 本期没有净额大于零的客户。
-- source:  Herfindahl–Hirschman index; vocabulary section 3
-- rules:   From 0 to 1; 1 ÷ HHI is the number of equal customers that would be as concentrated. · 0–1；1 ÷ HHI
--   为同等集中度的等额客户数。
with shares as (
    select
        {by},
        amount / sum(amount) over (partition by {by}) as share,
    from ranked_amounts
    where amount > 0
)

select
    {by},
    count(*) as customers,
    sum(share * share) as hhi,
from shares
group by {by}
order by {by}
