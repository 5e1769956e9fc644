-- Purchases of the period by the customers in scope.
select *
from purchases_in_scope
where period = 'now'
