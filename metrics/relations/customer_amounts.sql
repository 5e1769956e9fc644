-- Net amount over all products that each customer bought in the period, not below zero.
select
    customer_id,
    greatest(sum(amount), 0) as amount,
from sales
where order_date between $from_date and $to_date
group by customer_id
