-- Purchases of the period by the customers in scope.
select *
from purchases_in_scope
where order_date between $from_date and $to_date
