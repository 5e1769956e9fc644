-- metric:  customer_growth
-- title:   Like for like, by customer · 同店同比（按客户）
-- asks:    How did each customer that bought in both years change? · 两年都购货的客户各变化多少？
-- formula: net amount in the period and in the same days last year, both above zero · 本期与去年同期净额，均大于零
-- unit:    list
-- columns: manager_id varchar, customer_id varchar, amount decimal, last_year_amount decimal
-- by:
-- needs:   sales
-- empty:   No customer bought both in the period and a year earlier. · 没有客户在本期和去年同期都购货。
-- source:  the parts of like_for_like_growth; vocabulary section 3
-- rules:   Customers stand under the manager they have on the last day of the period. · 客户归其期末所属的客户经理。
select
    manager_id,
    customer_id,
    sum(amount) filter (period = 'now') as amount,
    sum(amount) filter (period = 'last_year') as last_year_amount,
from purchases_in_scope
where period in ('now', 'last_year') and customer_id <> 'unknown'
group by manager_id, customer_id
having sum(amount) filter (period = 'now') > 0 and sum(amount) filter (period = 'last_year') > 0
order by manager_id, customer_id
