-- The whole calendar months of the period, at most the last 36, numbered from 0.
select
    month_start::date as month_start,
    last_day(month_start)::date as month_end,
    (row_number() over (order by month_start) - 1)::bigint as month_number,
from (
    select unnest(generate_series(
        greatest($whole_from::date, $whole_until::date - interval 36 month), $whole_until::date - 1, interval 1 month
    )) as month_start
)
