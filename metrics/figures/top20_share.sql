-- metric:  top20_share
-- title:   Top-20 share · 前20%客户占比
-- asks:    How much of the business hangs on the largest fifth of the customers? · 前20%的客户占多少生意？
-- formula: net amount of the first ceil(0.2·n) customers ÷ total of the n · 前 ceil(0.2·n) 户净额 ÷ n 户净额
-- unit:    share
-- columns: customers bigint, top_customers bigint, top_amount decimal, total decimal, returns decimal, top20_share
--   double
-- by:      area market channel tier tier_band team manager_id brand maker price_class sku_id month week
-- periods: grouped
-- needs:   sales
-- empty:   No customer has a net amount above zero in the period. · 本期没有净额大于零的客户。
-- source:  vocabulary section 3
-- rules:   Over the n customers with a net amount above zero, ties by customer; the sum of the others is shown apart
--   as returns. · 只计净额大于零的 n 户，并列按客户编码；其余合计单列为退货。
with ranked as (
    select
        *,
        -- Over rows told apart by a plain column: a count over a window that filters is many times slower.
        case when amount > 0 then 1 end as member,
    from ranked_amounts
),

sized as (
    select
        *,
        count(member) over (partition by {by}) as customers,
    from ranked
)

select
    {by},
    any_value(customers) as customers,
    count(*) filter (amount > 0 and position <= (customers + 4) // 5) as top_customers,
    sum(amount) filter (amount > 0 and position <= (customers + 4) // 5) as top_amount,
    sum(amount) filter (amount > 0) as total,
    coalesce(sum(amount) filter (amount <= 0), 0) as returns,
    top_amount / total as top20_share,
from sized
where customers > 0
group by {by}
order by {by}
