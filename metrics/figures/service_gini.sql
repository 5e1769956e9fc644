-- metric:  service_gini
-- title:   Service balance · 服务均衡度
-- asks:    How evenly are the visits spread over the customers? · 拜访在客户间是否均衡？
-- formula: gini of the visits per customer over the licensed base · 在册客户每户拜访次数的基尼系数
-- unit:    index
-- columns: customers bigint, visits decimal, service_gini double
-- by:      area market channel tier tier_band team manager_id month week
-- periods: each
-- needs:   visits
-- empty:   No visit was recorded in the period. · 本期没有拜访记录。
-- source:  vocabulary section 3
-- rules:   0: every customer is visited alike. Customers without a visit count with zero. · 0 为每户同等；未拜访的客户按零计。
with ascending as (
    select
        {by},
        manager_visits,
        row_number() over (partition by {by} order by manager_visits) as i,
        count(*) over (partition by {by}) as n,
    from visited_base
)

select
    {by},
    count(*) as customers,
    sum(manager_visits)::decimal(18, 0) as visits,
    sum((2 * i - n - 1) * manager_visits) / (any_value(n) * sum(manager_visits)) as service_gini,
from ascending
group by {by}
having sum(manager_visits) > 0
order by {by}
