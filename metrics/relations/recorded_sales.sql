-- One row where anybody bought anything in the period, in scope or not, else none: before sales were recorded, nothing
-- is known of who carries what.
select distinct period
from summed_customer_sales
where period = 'now'
