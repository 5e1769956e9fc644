-- Sales of the period in scope.
select *
from sales_in_scope
where period = 'now'
