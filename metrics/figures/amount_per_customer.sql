-- metric:  amount_per_customer
-- title:   Amount a customer · 户均销售额
-- asks:    How much does a customer buy? · 平均每户买多少？
-- formula: net amount of the licensed base ÷ its customers · 在册客户净额 ÷ 在册客户数
-- unit:    money
-- columns: amount decimal, customers bigint, amount_per_customer double
-- by:      area market channel tier tier_band team manager_id customer_id month week
-- periods: each
-- needs:   sales
-- empty:   Nobody of the licensed base bought in the period. · 本期没有在册客户购货。
-- source:  retail distribution audit: rate of sale a store; licensed base of vocabulary section 3
-- rules:   Customers stand under the manager they have on the last day, whoever sold; who bought nothing counts with 0.
--   · 客户归其期末所属的客户经理，不论由谁售出；未购货的客户按零计。
with bought as (
    select
        customer_id,
        sum(amount) as amount,
    from customer_purchases
    where period = 'now'
    group by customer_id
),

anybody as (
    select count(*) as buyers
    from bought
    semi join scoped_customers using (customer_id)
)

select
    {by},
    coalesce(sum(bought.amount), 0) as amount,
    count(*) as customers,
    coalesce(sum(bought.amount), 0) / count(*) as amount_per_customer,
from licensed_base
left join bought using (customer_id)
semi join anybody on anybody.buyers > 0
group by {by}
order by {by}
