-- Sales of the periods that figures compare: 'now' is the scope's own, 'last_year' the same days a year earlier, 'year'
-- the twelve months up to its last day, 'year_before' those before. Whole months come summed, the days at both ends as
-- lines.
select
    'now' as period,
    *,
from sales_by_month
where day >= $whole_from and day < $whole_until
union all
select
    'now',
    *,
from sales_lines
where day >= $from_date and day < $whole_from and day <= $to_date
union all
select
    'now',
    *,
from sales_lines
where day >= $whole_until and day <= $to_date
union all
select
    'last_year',
    *,
from sales_by_month
where day >= $last_year_whole_from and day < $last_year_whole_until
union all
select
    'last_year',
    *,
from sales_lines
where day >= $last_year_from_date and day < $last_year_whole_from and day <= $last_year_to_date
union all
select
    'last_year',
    *,
from sales_lines
where day >= $last_year_whole_until and day <= $last_year_to_date
union all
select
    'year',
    *,
from sales_by_month
where day >= $year_whole_from and day < $year_whole_until
union all
select
    'year',
    *,
from sales_lines
where day >= $year_from_date and day < $year_whole_from and day <= $year_to_date
union all
select
    'year',
    *,
from sales_lines
where day >= $year_whole_until and day <= $year_to_date
union all
select
    'year_before',
    *,
from sales_by_month
where day >= $year_before_whole_from and day < $year_before_whole_until
union all
select
    'year_before',
    *,
from sales_lines
where day >= $year_before_from_date and day < $year_before_whole_from and day <= $year_before_to_date
union all
select
    'year_before',
    *,
from sales_lines
where day >= $year_before_whole_until and day <= $year_before_to_date
