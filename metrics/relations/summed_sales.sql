-- Sales of the periods that figures compare: 'now' is the scope's own, 'last_year' the same days a year earlier, 'year'
-- the twelve months up to its last day, 'year_before' those before. Whole months come summed, the days at both ends as
-- lines: this is one of these stretches, and metrics.summed puts those together that a statement asks for.
select
    '{period}' as period,
    *,
from {stretch}
where day >= {first_day} and day < {day_after}
