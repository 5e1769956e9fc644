-- metric:  productive_call_rate
-- title:   Productive calls · 拜访转化率
-- asks:    Was a visit followed by an order within a week? · 拜访后一周内有没有订货？
-- formula: visits whose customer bought within 7 days ÷ visits · 拜访后7天内购货的拜访 ÷ 拜访次数
-- unit:    share
-- columns: productive bigint, visits bigint, productive_call_rate double
-- by:      area market channel tier tier_band team manager_id customer_id month week
-- periods: grouped
-- needs:   visits sales quantities
-- empty:   No visit was recorded in the period. · 本期没有拜访记录。
-- source:  vocabulary section 3
-- rules:   Bought: Σ qty above zero from the day of the visit to the seventh day after, both included. ·
--   购货：拜访当日至其后第7日（含）净销量大于零。
select
    {by},
    count(*) filter (bought > 0) as productive,
    count(*) as visits,
    productive / visits as productive_call_rate,
from scoped_visits
where exists (select 1 from sales)
group by {by}
order by {by}
