-- metric:  service_by_decile
-- title:   Visits against sales · 拜访与销售对照
-- asks:    Is the time spent where the business is, and are the small customers still served? · 时间花在生意所在吗，小户还有人服务吗？
-- formula: the licensed base in ten equal parts by net amount, largest first, each with its share of the amount and of
--   the visits · 在册客户按净额自大到小十等分，各自的销售额占比与拜访占比
-- unit:    list
-- columns: decile bigint, customers bigint, amount double, amount_share double, visits bigint, visits_share double,
--   visits_per_customer double, visited_share double
-- by:      area team manager_id
-- needs:   visits sales
-- empty:   No visit was recorded in the period. · 本期没有拜访记录。
-- source:  shared vocabulary, section 3: licensed base, service_gini
-- rules:   Customers that bought nothing, or returned more, count with zero and stand last; ties by customer. Visits
--   are those of the customer's own manager at the end of the period. ·
--   未购货或净额为负按零计，排最后；并列按客户编码；拜访只计期末客户经理本人。
with placed as (
    select
        visited_base.*,
        coalesce(customer_amounts.amount, 0) as amount,
        ntile(10) over (
            partition by {by}
            order by coalesce(customer_amounts.amount, 0) desc, visited_base.customer_id
        ) as decile,
    from visited_base
    left join customer_amounts using (customer_id)
),

counted as (
    select
        {by},
        decile,
        count(*) as customers,
        sum(amount)::double as amount,
        sum(manager_visits) as visits,
        count(*) filter (manager_visits > 0) as visited,
    from placed
    group by {by}, decile
)

select
    {columns_by}
    decile,
    customers,
    amount,
    amount / nullif(sum(amount) over (partition by {by}), 0) as amount_share,
    visits::bigint as visits,
    (visits / nullif(sum(visits) over (partition by {by}), 0))::double as visits_share,
    (visits / customers)::double as visits_per_customer,
    visited / customers as visited_share,
from counted
order by {columns_by} decile
