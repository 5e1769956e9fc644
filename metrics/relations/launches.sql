-- Products in scope that are on sale since a day within the sales, with the customers that may carry them.
with counted as (
    select
        sku_id,
        count(*) as eligible,
    from possible_handlers
    group by sku_id
)

select
    scoped_products.sku_id,
    scoped_products.launched_on,
    counted.eligible,
from scoped_products
inner join counted using (sku_id)
where
    scoped_products.launched_on <= $to_date
    and scoped_products.launched_on > (select min(order_date) from sales) - 7
