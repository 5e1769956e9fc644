-- Customers with two or more stock counts of a product in the period: what they had in between, and what of it went.
with counted as (
    select
        counts.customer_id,
        counts.sku_id,
        arg_min(counts.stock_qty, counts.check_date) as first_stock,
        arg_max(counts.stock_qty, counts.check_date) as last_stock,
        arg_max(counts.bought_so_far, counts.check_date) - arg_min(counts.bought_so_far, counts.check_date) as bought,
    from months.stock_counts as counts
    semi join scoped_products on counts.sku_id = scoped_products.sku_id
    semi join scoped_customers on counts.customer_id = scoped_customers.customer_id
    where counts.check_date between $from_date and $to_date
    group by counts.customer_id, counts.sku_id
    having min(counts.check_date) < max(counts.check_date)
)

select
    customer_id,
    sku_id,
    first_stock + bought as available,
    first_stock + bought - last_stock as sold,
from counted
