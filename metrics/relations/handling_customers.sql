-- Handlers: per product or product group, the eligible customers that carry it (of a group: any of its products), with
-- the number of days on which they ordered it.
select
    {product_by},
    purchases.customer_id,
    count(distinct purchases.order_date) filter (purchases.qty > 0) as order_days,
from purchases
semi join handling_products
    on purchases.customer_id = handling_products.customer_id and purchases.sku_id = handling_products.sku_id
group by {product_by}, purchases.customer_id
