-- metric:  customer_ranking
-- title:   Customers by amount · 客户销售额排名
-- asks:    Which customers carry the business? · 生意靠哪些客户？
-- formula: net amount, its share and the running share, largest first · 净额、占比与累计占比，自大到小
-- unit:    list
-- columns: customer_id varchar, customer_name varchar, position bigint, amount decimal, amount_share double,
--   running_share double
-- by:
-- needs:   sales
-- empty:   No customer has a net amount above zero in the period. · 本期没有净额大于零的客户。
-- source:  vocabulary section 3
-- rules:   Over customers with a net amount above zero; ties by customer. · 只计净额大于零的客户；并列按客户编码。
with ranked as (
    select
        customer_id,
        position,
        amount,
    from net_amounts
    where amount > 0
)

select
    ranked.customer_id,
    customers.customer_name,
    ranked.position,
    ranked.amount,
    ranked.amount / sum(ranked.amount) over () as amount_share,
    sum(ranked.amount) over (order by ranked.position) / sum(ranked.amount) over () as running_share,
from ranked
left join customers using (customer_id)
order by ranked.position
