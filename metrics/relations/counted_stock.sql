-- Customers with two or more stock counts of a product in the period: what they had in between, and what of it went.
with counted as (
    select
        customer_id,
        sku_id,
        min(check_date) as first_on,
        max(check_date) as last_on,
        arg_min(stock_qty, check_date) as first_stock,
        arg_max(stock_qty, check_date) as last_stock,
    from scoped_shelf_checks
    where stock_qty is not null
    group by customer_id, sku_id
    having count(distinct check_date) >= 2
),

bought_between as (
    select
        counted.sku_id,
        counted.customer_id,
        sum(purchase_lines.qty) as bought,
    from counted
    inner join purchase_lines
        on
            counted.sku_id = purchase_lines.sku_id
            and counted.customer_id = purchase_lines.customer_id
            and purchase_lines.order_date > counted.first_on
            and purchase_lines.order_date <= counted.last_on
    group by counted.sku_id, counted.customer_id
)

select
    counted.customer_id,
    counted.sku_id,
    counted.first_stock + coalesce(bought_between.bought, 0) as available,
    counted.first_stock + coalesce(bought_between.bought, 0) - counted.last_stock as sold,
from counted
left join bought_between using (sku_id, customer_id)
