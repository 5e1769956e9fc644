-- The first, second … day on which each customer bought a product since its launch. Products launched before the sales
-- begin are left out: who had tried them by then cannot be told. A launch in the first week of the sales can.
create or replace table months.launch_orders as
with launches as (
    select
        sku_id,
        launched_on,
    from {source}products
    where launched_on > (select min(order_date) from {source}sales) - 7
),

order_days as (
    select distinct
        sales.sku_id,
        sales.customer_id,
        sales.order_date,
    from {source}sales as sales
    inner join launches using (sku_id)
    where sales.qty > 0 and sales.order_date >= launches.launched_on
),

numbered as (
    select
        *,
        row_number() over (partition by sku_id, customer_id order by order_date) as order_step,
    from order_days
)

select
    sku_id,
    order_step::integer as order_step,
    order_date,
    customer_id,
from numbered
where order_step <= {most}
order by sku_id, order_step, order_date
