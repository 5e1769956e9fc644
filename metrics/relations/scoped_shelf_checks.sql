-- Shelf checks of the period of the products in scope at the customers in scope.
select
    shelf_checks.check_date,
    shelf_checks.customer_id,
    shelf_checks.sku_id,
    shelf_checks.on_shelf,
    shelf_checks.stock_qty,
    scoped_products.brand,
    scoped_products.maker,
    scoped_products.price_class,
    scoped_products.whole_range,
    scoped_customers.area,
    scoped_customers.market,
    scoped_customers.channel,
    scoped_customers.tier,
    scoped_customers.tier_band,
    scoped_customers.manager_id,
    scoped_customers.team,
    scoped_customers.whole,
from shelf_checks
inner join scoped_products using (sku_id)
inner join scoped_customers using (customer_id)
where shelf_checks.check_date between $from_date and $to_date
