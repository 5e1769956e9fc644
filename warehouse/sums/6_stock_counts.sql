-- Every stock count of a customer's product with all that the customer had bought of it by then: what was bought
-- between two counts is a difference.
create or replace table months.stock_counts as
with counts as (
    select
        sku_id,
        customer_id,
        check_date,
        stock_qty,
    from {source}shelf_checks
    where stock_qty is not null
),

counted as (
    select distinct
        sku_id,
        customer_id,
    from counts
),

bought as (
    select
        sales.sku_id,
        sales.customer_id,
        sales.order_date,
        sum(sales.qty) as qty,
    from {source}sales as sales
    semi join counted on sales.sku_id = counted.sku_id and sales.customer_id = counted.customer_id
    group by all
),

running as (
    select
        sku_id,
        customer_id,
        order_date,
        sum(qty) over (partition by sku_id, customer_id order by order_date) as so_far,
    from bought
)

select
    counts.sku_id,
    counts.customer_id,
    counts.check_date,
    counts.stock_qty,
    coalesce(running.so_far, 0)::decimal(18, 4) as bought_so_far,
from counts
asof left join running
    on
        counts.sku_id = running.sku_id
        and counts.customer_id = running.customer_id
        and counts.check_date >= running.order_date
order by counts.sku_id, counts.check_date
