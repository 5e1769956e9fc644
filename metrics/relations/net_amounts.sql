-- Net amount of each customer within each group, ranked from the largest; ties by customer. Sales that name no
-- customer belong to nobody and are left out.
select
    {by},
    customer_id,
    sum(amount) as amount,
    row_number() over (partition by {by} order by sum(amount) desc, customer_id) as position,
from scoped_sales
where customer_id <> 'unknown'
group by {by}, customer_id
