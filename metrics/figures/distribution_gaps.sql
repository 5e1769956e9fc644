-- metric:  distribution_gaps
-- title:   Customers that should carry it and don't · 应铺未铺客户
-- asks:    Which eligible customers do not carry the products, largest first? · 哪些可铺货户还没有铺货？
-- formula: eligible customers that are not handlers, by all-product net amount · 未经营的可铺货户，按全部商品净额排序
-- unit:    list
-- columns: customer_id varchar, customer_name varchar, area varchar, channel varchar, tier integer, tier_band varchar,
--   status varchar, manager_id varchar, manager_name varchar, amount decimal, last_bought date, last_manager_visit date
-- by:      brand maker price_class sku_id
-- needs:   sales quantities
-- empty:   Every eligible customer in scope carries the product. · 范围内的可铺货户都已铺货。
-- source:  vocabulary section 3
-- rules:   Of several products: customers that carry none of them. Last bought: the last day with a quantity above
--   zero, up to the end of the period. · 多个品规时，指一个都不经营的客户；最近购进：截至期末最后一次数量大于零的日期。
with gaps as (
    select *
    from eligible_customers
    anti join handling_customers using ({product_by}, customer_id)
),

earlier as (
    select
        {product_by},
        customer_id,
        max(last_bought) as last_bought,
    from bought_so_far
    inner join scoped_products using (sku_id)
    group by {product_by}, customer_id
)

select
    {columns_by} gaps.customer_id,
    gaps.customer_name,
    gaps.area,
    gaps.channel,
    gaps.tier,
    gaps.tier_band,
    gaps.status,
    gaps.manager_id,
    managers.manager_name,
    coalesce(customer_amounts.amount, 0) as amount,
    earlier.last_bought,
    last_seen.by_manager as last_manager_visit,
from gaps
left join customer_amounts using (customer_id)
left join earlier using ({product_by}, customer_id)
left join managers on gaps.manager_id = managers.manager_id
left join last_seen on gaps.customer_id = last_seen.customer_id
order by {columns_by} amount desc, gaps.customer_id
