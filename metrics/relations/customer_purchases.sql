-- What the customers in scope bought of the products in scope in the periods that figures compare, whoever owned the
-- sale, for what need not tell products apart.
select
    sales.period,
    sales.amount,
    scoped_customers.*,
from {sums} as sales
inner join scoped_customers using (customer_id)
where {is_any_product} or sales.sku_id in (select sku_id from scoped_products)
