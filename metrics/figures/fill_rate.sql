-- metric:  fill_rate
-- title:   Fill rate · 订单满足率
-- asks:    How much of what was ordered was delivered? · 需求满足了多少？
-- formula: Σ qty ÷ Σ ordered_qty, each line capped at its order · Σ 数量 ÷ Σ 需求量，每行以需求量为上限
-- unit:    share
-- columns: delivered decimal, ordered decimal, fill_rate double
-- by:      area market channel tier tier_band team manager_id brand maker price_class sku_id customer_id month week
-- periods: grouped
-- needs:   sales quantities
-- empty:   No line in the period tells what was ordered. · 本期没有记录需求量的明细。
-- source:  vocabulary section 3
-- rules:   Over lines with an ordered quantity above zero; a line delivered beyond its order counts as 1. ·
--   只计需求量大于零的行；超出需求的部分不计。
select
    {by},
    sum(delivered) as delivered,
    sum(ordered) as ordered,
    sum(delivered) / sum(ordered) as fill_rate,
from scoped_sales
where ordered > 0
group by {by}
order by {by}
