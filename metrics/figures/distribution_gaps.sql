-- metric:  distribution_gaps
-- title:   Customers that should carry it and don't · 应铺未铺客户
-- asks:    Which eligible customers do not carry the products, largest first? · 哪些可铺货户还没有铺货？
-- formula: eligible customers that are not handlers, by all-product net amount · 未经营的可铺货户，按全部商品净额排序
-- unit:    list
-- columns: sku_id varchar, sku_name varchar, customer_id varchar, customer_name varchar, area varchar, channel
--   varchar, tier integer, manager_id varchar, manager_name varchar, amount decimal, last_bought date, last_manager_visit
--   date
-- by:
-- needs:   sales
-- empty:   Every eligible customer in scope carries the product. · 范围内的可铺货户都已铺货。
-- source:  vocabulary section 3
-- rules:   One row for each product in scope and customer. Last bought: the last day with a quantity above zero, up
--   to the end of the period. · 每个品规与客户一行；最近购进：截至期末最后一次数量大于零的日期。
with gaps as (
    select *
    from possible_handlers
    anti join handling_products using (sku_id, customer_id)
),

earlier as (
    select
        sku_id,
        customer_id,
        max(order_date) as last_bought,
    from purchases_in_scope
    where qty > 0 and order_date <= $to_date
    group by sku_id, customer_id
),

visited as (
    select
        customer_id,
        manager_id,
        max(visit_date) as last_manager_visit,
    from visits
    where visit_date <= $to_date
    group by customer_id, manager_id
)

select
    gaps.sku_id,
    gaps.sku_name,
    gaps.customer_id,
    gaps.customer_name,
    gaps.area,
    gaps.channel,
    gaps.tier,
    gaps.manager_id,
    managers.manager_name,
    coalesce(customer_amounts.amount, 0) as amount,
    earlier.last_bought,
    visited.last_manager_visit,
from gaps
left join customer_amounts using (customer_id)
left join earlier using (sku_id, customer_id)
left join managers on gaps.manager_id = managers.manager_id
left join visited on gaps.customer_id = visited.customer_id and gaps.manager_id = visited.manager_id
order by amount desc, gaps.customer_id, gaps.sku_id
