-- What the customers in scope bought of the products in scope on any day, whoever owned the sale.
select
    sales.order_date,
    sales.customer_id,
    sales.sku_id,
    sales.qty,
    sales.amount,
    scoped_products.brand,
    scoped_products.min_tier,
    scoped_products.focus,
    scoped_products.launched_on,
    scoped_products.whole_range,
    scoped_customers.area,
    scoped_customers.market,
    scoped_customers.channel,
    scoped_customers.tier,
    scoped_customers.manager_id,
    scoped_customers.team,
    scoped_customers.whole,
from sales
inner join scoped_products using (sku_id)
inner join scoped_customers using (customer_id)
