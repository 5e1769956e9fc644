-- What the customers in scope bought of the products in scope on any day, line by line.
select
    sales_lines.day as order_date,
    sales_lines.customer_id,
    sales_lines.sku_id,
    sales_lines.qty,
    sales_lines.amount,
    scoped_products.launched_on,
    scoped_products.min_tier,
    scoped_customers.tier,
from sales_lines
inner join scoped_products using (sku_id)
inner join scoped_customers using (customer_id)
