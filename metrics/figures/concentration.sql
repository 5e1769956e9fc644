-- metric:  concentration
-- title:   Concentration at a glance · 集中度一览
-- asks:    How much hangs on the first one, three, ten, hundred and fifth, and how few make 80%? ·
--   前几名与前20%各占多少，多少名合计达80%？
-- formula: the figures top20_share, customers_for_80, gini and hhi of what is ranked, and the shares of its first ·
--   对所排对象计算前20%占比、达80%所需个数、基尼系数、赫芬达尔指数及前几名占比
-- unit:    list
-- columns: ranked_count bigint, total double, returns double, top20_share double, needed_for_80 bigint,
--   needed_for_80_share double, gini double, hhi double, top1_share double, top3_share double, top10_share double,
--   top100_share double
-- by:      area market channel tier tier_band team manager_id brand maker price_class sku_id month week
-- periods: grouped
-- needs:   sales
-- empty:   Nothing in scope has a net above zero in the period. · 本期范围内没有净额大于零的对象。
-- source:  vocabulary section 3
-- rules:   Over customers, products, brands, areas or managers with a net amount, quantity or gross margin above zero,
--   ties by code; the sum of the others is shown apart as returns. · 只计净额（或净销量、毛利）大于零者，并列按编码；其余合计单列为退货。
with sized as (
    select
        {by},
        -- In ten-thousandths, whole numbers that sums of doubles keep exact. Equals may stand in any order here.
        round(amount * 10000)::double as net,
        greatest(net, 0) as size,
    from ranked_amounts
    where amount is not null
),

totals as (
    select
        {by},
        count(*) filter (size > 0) as n,
        sum(size) as total,
        sum(net) as net_total,
    from sized
    group by {by}
    having sum(size) > 0
),

placed as (
    select
        {by},
        size,
        row_number() over (partition by {by} order by size desc) as position,
        sum(size) over (partition by {by} order by size desc rows unbounded preceding) as reached,
    from sized
)

select
    {columns_by}
    any_value(n) as ranked_count,
    any_value(total) / 10000 as total,
    any_value(net_total - total) / 10000 as returns,
    sum(size) filter (position <= (n + 4) // 5) / any_value(total) as top20_share,
    count(*) filter (size > 0 and reached * 5 < total * 4) + 1 as needed_for_80,
    needed_for_80 / any_value(n) as needed_for_80_share,
    sum((n + 1 - 2 * position) * size) / (any_value(n) * any_value(total)) as gini,
    sum((size / total) * (size / total)) as hhi,
    sum(size) filter (position <= 1) / any_value(total) as top1_share,
    sum(size) filter (position <= 3) / any_value(total) as top3_share,
    sum(size) filter (position <= 10) / any_value(total) as top10_share,
    sum(size) filter (position <= 100) / any_value(total) as top100_share,
from placed
inner join totals using ({by})
group by {by}
order by {by}
