-- Net amount (or quantity, or gross margin: what the ranking measures) of each customer (or product, brand, area,
-- manager: what it ranks) within each group, from the largest; ties by code. Sales that name none belong to nobody and
-- are left out.
select
    {by},
    {ranked} as ranked_id,
    {measure} as amount,
    row_number() over (partition by {by} order by {measure} desc nulls last, {ranked}) as position,
from scoped_sales
where {ranked} <> 'unknown'
group by {by}, {ranked}
