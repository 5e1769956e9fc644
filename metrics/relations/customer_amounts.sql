-- Net amount over all products that each customer bought in the period, not below zero.
select
    customer_id,
    greatest(sum(amount), 0) as amount,
from summed_customer_sales
where period = 'now'
group by customer_id
