-- What the customers in scope bought of the products in scope in the periods that figures compare, whoever owned the
-- sale.
select
    summed_sales.period,
    summed_sales.customer_id,
    summed_sales.sku_id,
    summed_sales.qty,
    summed_sales.amount,
    summed_sales.first_bought,
    summed_sales.last_bought,
    scoped_products.brand,
    scoped_products.maker,
    scoped_products.price_class,
    scoped_products.min_tier,
    scoped_products.focus,
    scoped_products.whole_range,
    scoped_customers.area,
    scoped_customers.market,
    scoped_customers.channel,
    scoped_customers.tier,
    scoped_customers.tier_band,
    scoped_customers.manager_id,
    scoped_customers.team,
    scoped_customers.whole,
from summed_sales
inner join scoped_products using (sku_id)
inner join scoped_customers using (customer_id)
