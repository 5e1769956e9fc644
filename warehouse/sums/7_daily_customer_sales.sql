-- Sales by day and customer, for what asks when somebody ordered: a quarter of the lines. An order has a quantity above
-- zero on one of its lines, or an amount where the line has no quantity; undelivered is what was ordered beyond what
-- came.
create or replace table months.daily_customer_sales as
select
    order_date,
    customer_id,
    sum(qty)::decimal(18, 4) as qty,
    bool_or(coalesce(qty, amount) > 0) as is_order,
    sum(ordered_qty - least(greatest(qty, 0), ordered_qty)) filter (ordered_qty > 0)::decimal(18, 4) as undelivered,
from {source}sales
group by all
order by order_date
