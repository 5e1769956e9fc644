-- metric:  handler_list
-- title:   Customers that carry it · 铺货户清单
-- asks:    Which eligible customers carry the products, and how much do they take? · 哪些可铺货户在经营，各进货多少？
-- formula: handlers with their net quantity and amount of the products in scope · 铺货户及其所选品规的净销量与净额
-- unit:    list
-- columns: customer_id varchar, customer_name varchar, area varchar, channel varchar, tier integer, manager_id varchar,
--   manager_name varchar, qty decimal, amount decimal
-- by:
-- needs:   sales quantities
-- empty:   Nobody in scope carries the product in the period. · 本期范围内没有铺货户。
-- source:  vocabulary section 3
-- rules:   Of several products: customers that carry any of them. · 多个品规时，任一即可。
with taken as (
    select
        customer_id,
        sum(qty) as qty,
        sum(amount) as amount,
    from summed_sales
    semi join scoped_products using (sku_id)
    where period = 'now'
    group by customer_id
)

select
    licensed_base.customer_id,
    licensed_base.customer_name,
    licensed_base.area,
    licensed_base.channel,
    licensed_base.tier,
    licensed_base.manager_id,
    managers.manager_name,
    taken.qty,
    taken.amount,
from licensed_base
semi join handling_customers on licensed_base.customer_id = handling_customers.customer_id
inner join taken on licensed_base.customer_id = taken.customer_id
left join managers on licensed_base.manager_id = managers.manager_id
order by taken.amount desc, licensed_base.customer_id
