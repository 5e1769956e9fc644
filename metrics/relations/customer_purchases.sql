-- What each customer, in scope or not, bought of the products in scope in the periods that figures compare, whoever
-- owned the sale, for what need not tell products apart. Who the customers are is asked of their sums.
select
    sales.period,
    sales.customer_id,
    sales.amount,
from {sums} as sales
where {is_any_product} or sales.sku_id in (select sku_id from scoped_products)
