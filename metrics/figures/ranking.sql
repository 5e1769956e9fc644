-- metric:  ranking
-- title:   Ranking · 排名
-- asks:    Who carries the business, from the largest down? · 生意靠谁，自大到小？
-- formula: net amount, its share and the running share, largest first · 净额、占比与累计占比，自大到小
-- unit:    list
-- columns: ranked_id varchar, ranked_name varchar, position bigint, amount double, amount_share double,
--   running_share double
-- by:      area market channel tier tier_band team manager_id
-- periods: grouped
-- needs:   sales
-- empty:   Nothing in scope has a net above zero in the period. · 本期范围内没有净额大于零的对象。
-- source:  vocabulary section 3
-- rules:   Customers unless products, brands, areas or managers are asked for; by net amount unless by quantity or
--   gross margin. Only a net above zero counts; ties by code. · 默认按净额排客户，也可排品规、品牌、片区、客户经理，或按数量、毛利；只计净额大于零者，并列按编码。
with placed as (
    select
        *,
        sum(amount) over (partition by {by}) as total,
        sum(amount) over (partition by {by} order by position rows unbounded preceding) as reached,
    from ranked_amounts
    where amount > 0
)

select
    {columns_by}
    placed.ranked_id,
    coalesce(ranked_names.ranked_name, placed.ranked_id) as ranked_name,
    placed.position,
    placed.amount::double as amount,
    (placed.amount / placed.total)::double as amount_share,
    (placed.reached / placed.total)::double as running_share,
from placed
left join ranked_names using (ranked_id)
order by {columns_by} placed.position
