-- The licensed base of the period, in scope: active customers opened by its last day, and closed ones that bought
-- in it. Without a customer master: whoever bought in the twelve months up to the last day.
with master as (
    select coalesce(bool_or(not is_derived), false) as is_there
    from customers
),

closed_buyers as (
    select distinct customer_id
    from months.closed_orders
    where order_date between $from_date and $to_date
),

buyers_of_the_year as (
    select distinct customer_id
    from summed_customer_sales
    cross join master
    where period = 'year' and last_bought is not null and not master.is_there
)

select scoped_customers.*
from scoped_customers
cross join master
left join closed_buyers on scoped_customers.customer_id = closed_buyers.customer_id
left join buyers_of_the_year on scoped_customers.customer_id = buyers_of_the_year.customer_id
where
    case
        when not master.is_there
            then buyers_of_the_year.customer_id is not null and scoped_customers.customer_id <> 'unknown'
        when scoped_customers.is_derived then false
        when scoped_customers.status = 'active'
            then scoped_customers.opened_on is null or scoped_customers.opened_on <= $to_date
        else closed_buyers.customer_id is not null
    end
