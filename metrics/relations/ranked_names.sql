-- What people call the customers, products or managers that are ranked; brands and areas go by their own names.
select
    customer_id as ranked_id,
    customer_name as ranked_name,
from customers
where '{ranked}' = 'customer_id'
union all
select
    sku_id,
    sku_name,
from products
where '{ranked}' = 'sku_id'
union all
select
    manager_id,
    manager_name,
from managers
where '{ranked}' = 'manager_id'
