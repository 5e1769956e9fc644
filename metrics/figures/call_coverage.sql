-- metric:  call_coverage
-- title:   Call coverage · 拜访覆盖率
-- asks:    What share of their customers did the managers visit? · 客户经理拜访了多少自己的客户？
-- formula: customers the manager visited at least once ÷ all of the manager's licensed base · 客户经理至少拜访一次的客户 ÷ 其全部在册客户
-- unit:    share
-- columns: visited bigint, customers bigint, call_coverage double
-- by:      area market channel tier tier_band team manager_id customer_id month week
-- periods: each
-- needs:   visits
-- empty:   No visit was recorded in the period. · 本期没有拜访记录。
-- source:  vocabulary section 3
-- rules:   The base is the manager's at the end of the period; only visits by that manager count. Customers without a
--   manager are left out. · 以期末归属为准；只计本人的拜访；无客户经理的客户不计。
select
    {by},
    count(*) filter (manager_visits > 0) as visited,
    count(*) as customers,
    visited / customers as call_coverage,
from visited_base
group by {by}
order by {by}
