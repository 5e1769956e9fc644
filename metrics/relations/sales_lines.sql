-- Lines of sales in the shape of the sums by month: what was delivered of what was ordered, and the day on which it was
-- bought where it was, told by the amount where there is no quantity.
select
    order_date as day,
    customer_id,
    sku_id,
    owner_id,
    qty,
    amount,
    case when ordered_qty > 0 then least(qty, ordered_qty) end as delivered,
    case when ordered_qty > 0 then ordered_qty end as ordered,
    case when coalesce(qty, amount) > 0 then order_date end as first_bought,
    case when coalesce(qty, amount) > 0 then order_date end as last_bought,
from sales
