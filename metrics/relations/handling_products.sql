-- Pairs of handler and product: eligible customers whose net quantity of the product in the period is above zero.
select
    purchases.customer_id,
    purchases.sku_id,
from purchases
semi join licensed_base on purchases.customer_id = licensed_base.customer_id
where purchases.tier is null or purchases.min_tier is null or purchases.tier >= purchases.min_tier
group by purchases.customer_id, purchases.sku_id
having sum(purchases.qty) > 0
