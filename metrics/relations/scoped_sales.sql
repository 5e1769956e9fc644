-- Sales of the period in scope.
select *
from sales_in_scope
where order_date between $from_date and $to_date
