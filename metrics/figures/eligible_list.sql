-- metric:  eligible_list
-- title:   Customers that may carry it · 可铺货户清单
-- asks:    Who may carry the products, who does, and how large are they? · 哪些户可以铺货，谁在经营，规模多大？
-- formula: eligible customers with their net quantity and amount of the products in scope, and their all-product net
--   amount · 可铺货户及其所选品规净销量、净额与全部商品净额
-- unit:    list
-- columns: customer_id varchar, area varchar, channel varchar, tier integer, tier_band varchar, is_handler boolean,
--   qty decimal, product_amount decimal, amount decimal
-- by:
-- needs:   sales quantities
-- empty:   No customer in scope may carry the product. · 范围内没有可铺货户。
-- source:  vocabulary section 3
-- rules:   Of several products: customers that may carry any of them, and a handler carries any of them. ·
--   多个品规时，可铺任一即可铺，经营任一即铺货户。
with taken as (
    select
        customer_id,
        sum(qty) as qty,
        sum(amount) as amount,
    from purchases
    group by customer_id
),

spent as (
    select
        customer_id,
        sum(amount) as amount,
    from summed_customer_sales
    where period = 'now'
    group by customer_id
)

select
    eligible_customers.customer_id,
    eligible_customers.area,
    eligible_customers.channel,
    eligible_customers.tier,
    eligible_customers.tier_band,
    handling_customers.customer_id is not null as is_handler,
    coalesce(taken.qty, 0) as qty,
    coalesce(taken.amount, 0) as product_amount,
    coalesce(spent.amount, 0) as amount,
from eligible_customers
left join handling_customers on eligible_customers.customer_id = handling_customers.customer_id
left join taken on eligible_customers.customer_id = taken.customer_id
left join spent on eligible_customers.customer_id = spent.customer_id
order by eligible_customers.customer_id
