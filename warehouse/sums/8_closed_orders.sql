-- The days on which customers who are closed by now ordered: they are in the licensed base of periods with an order.
create or replace table months.closed_orders as
select
    daily.customer_id,
    daily.order_date,
from months.daily_customer_sales as daily
semi join (
    select customer_id
    from {source}customers
    where status <> 'active'
) as closed
    on daily.customer_id = closed.customer_id
where daily.is_order
order by daily.order_date
