-- Handlers: per product or product group, the eligible customers that carry it (of a group: any of its products), and
-- whether they ordered it on two days or more.
select
    {product_by},
    customer_id,
    min(first_bought) < max(last_bought) as is_repeater,
from handling_products
group by {product_by}, customer_id
