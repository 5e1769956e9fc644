-- The whole months of the period, by their numbers, in which each customer bought each product in scope, net. A
-- customer's product and month is one line of the sums already, but in months in which the customer changed hands.
with moved as (
    select customer_id
    from customer_sales_by_month
    where day >= $whole_from and day < $whole_until
    group by customer_id
    having min(coalesce(owner_id, '')) <> max(coalesce(owner_id, ''))
),

shared_months as (
    select
        day,
        customer_id,
    from customer_sales_by_month
    semi join moved using (customer_id)
    where day >= $whole_from and day < $whole_until
    group by day, customer_id
    having count(*) > 1
),

bought as (
    select
        day,
        customer_id,
        sku_id,
    from sales_by_month
    anti join shared_months using (day, customer_id)
    where day >= $whole_from and day < $whole_until and qty > 0
    union all
    select
        day,
        customer_id,
        sku_id,
    from sales_by_month
    semi join shared_months using (day, customer_id)
    where day >= $whole_from and day < $whole_until
    group by day, customer_id, sku_id
    having sum(qty) > 0
)

select
    bought.sku_id,
    bought.customer_id,
    whole_months.month_number,
from bought
inner join whole_months on bought.day = whole_months.month_start
semi join scoped_products on bought.sku_id = scoped_products.sku_id
