-- The days on which each customer ordered, in their order: how somebody orders is told by customer, not by day.
create or replace table months.customer_orders as
select
    customer_id,
    list(order_date order by order_date) as order_days,
from months.daily_customer_sales
where is_order
group by customer_id
order by customer_id
