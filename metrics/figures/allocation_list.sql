-- metric:  allocation_list
-- title:   Allocation customer by customer · 逐户投放
-- asks:    Who that may carry the products got some, how much, and how much of what was ordered? ·
--   可铺货户中谁拿到了货，拿到多少，满足了需求的几成？
-- formula: per eligible customer: products it may carry, products supplied, net quantity, delivered and ordered ·
--   每个可铺货户：可铺品规数、已供品规数、净销量、满足量、需求量
-- unit:    list
-- columns: customer_id varchar, customer_name varchar, area varchar, channel varchar, tier integer, tier_band varchar,
--   manager_id varchar, manager_name varchar, eligible_products bigint, supplied_products bigint, qty decimal,
--   delivered decimal, ordered decimal
-- by:
-- needs:   sales quantities
-- empty:   No customer in scope may carry the products. · 范围内没有可铺货户。
-- source:  vocabulary section 3
-- rules:   Supplied: a net quantity above zero in the period. Fill as of fill_rate: each line capped at its order. ·
--   已供：本期净销量大于零；满足率口径同订单满足率，每行以需求量为上限。
with supplied as (
    select
        customer_id,
        sku_id,
        sum(qty) as qty,
        sum(delivered) as delivered,
        sum(ordered) as ordered,
    from summed_sales
    semi join scoped_products using (sku_id)
    where period = 'now'
    group by customer_id, sku_id
),

by_customer as (
    select
        possible_handlers.customer_id,
        count(*) as eligible_products,
        count(*) filter (supplied.qty > 0) as supplied_products,
        coalesce(sum(supplied.qty), 0) as qty,
        coalesce(sum(supplied.delivered) filter (supplied.ordered > 0), 0) as delivered,
        coalesce(sum(supplied.ordered), 0) as ordered,
    from possible_handlers
    left join supplied using (customer_id, sku_id)
    group by possible_handlers.customer_id
)

select
    licensed_base.customer_id,
    licensed_base.customer_name,
    licensed_base.area,
    licensed_base.channel,
    licensed_base.tier,
    licensed_base.tier_band,
    licensed_base.manager_id,
    managers.manager_name,
    by_customer.eligible_products,
    by_customer.supplied_products,
    by_customer.qty,
    by_customer.delivered,
    by_customer.ordered,
from by_customer
inner join licensed_base using (customer_id)
left join managers on licensed_base.manager_id = managers.manager_id
order by licensed_base.customer_id
