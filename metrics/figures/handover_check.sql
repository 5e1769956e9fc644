-- metric:  handover_check
-- title:   After the handover · 交接之后
-- asks:    Did sales and visits of the key customers hold after they were handed over? · 重点客户交接之后，销售和拜访稳住了吗？
-- formula: Σ amount and number of visits in the 4, 8 and 12 weeks before the day of the handover, and in as many from
--   it on · 交接日之前与自交接日起各4、8、12周的销售额与拜访次数
-- unit:    list
-- columns: from_manager varchar, from_name varchar, to_manager varchar, to_name varchar, handed_on date, weeks bigint,
--   customers bigint, amount_before double, amount_after double, handover_change double, visits_before bigint,
--   visits_after bigint
-- by:
-- needs:   assignments sales
-- empty:   No key customer was handed over in the twelve months up to the last day. · 截至期末12个月内没有重点客户交接。
-- source:  shared vocabulary, sections 1 and 3
-- rules:   Handed over: an assignment to another manager than the one before it, beginning in the twelve months up to
--   the last day. Customers that are key now or were a year before. Weeks that have not passed by the last day give no
--   after. Visits by whomever. · 交接：归属转给另一客户经理且起始日在截至期末12个月内；取现在或一年前的重点客户；期末尚未满的周数没有“之后”；拜访不论何人。
with spells as (
    select
        customer_id,
        manager_id as to_manager,
        valid_from as handed_on,
        lag(manager_id) over (partition by customer_id order by valid_from) as from_manager,
    from assignments
),

handed as (
    select *
    from spells
    semi join scoped_customers using (customer_id)
    semi join vital_customers using (customer_id)
    where from_manager <> to_manager and handed_on between $year_from_date and $to_date
),

spans as (
    select unnest([4, 8, 12]) as weeks
),

days as (
    select
        handed.customer_id,
        handed.handed_on,
        sales.order_date - handed.handed_on as day,
        sales.amount,
        0 as visits,
    from sales
    inner join handed using (customer_id)
    where sales.order_date between handed.handed_on - 84 and least(handed.handed_on + 83, $to_date)
    union all
    select
        handed.customer_id,
        handed.handed_on,
        visits.visit_date - handed.handed_on,
        0,
        1,
    from visits
    inner join handed using (customer_id)
    where visits.visit_date between handed.handed_on - 84 and least(handed.handed_on + 83, $to_date)
),

counted as (
    select
        days.customer_id,
        days.handed_on,
        spans.weeks,
        sum(days.amount) filter (days.day < 0) as amount_before,
        sum(days.amount) filter (days.day >= 0) as amount_after,
        sum(days.visits) filter (days.day < 0) as visits_before,
        sum(days.visits) filter (days.day >= 0) as visits_after,
    from days
    inner join spans on days.day >= -7 * spans.weeks and days.day < 7 * spans.weeks
    group by days.customer_id, days.handed_on, spans.weeks
),

summed as (
    select
        handed.from_manager,
        handed.to_manager,
        handed.handed_on,
        spans.weeks,
        handed.handed_on + 7 * spans.weeks - 1 <= $to_date as has_passed,
        count(*) as customers,
        coalesce(sum(counted.amount_before), 0)::double as amount_before,
        coalesce(sum(counted.amount_after), 0)::double as amount_after,
        coalesce(sum(counted.visits_before), 0)::bigint as visits_before,
        coalesce(sum(counted.visits_after), 0)::bigint as visits_after,
    from handed
    cross join spans
    left join counted using (customer_id, handed_on, weeks)
    group by all
)

select
    summed.from_manager,
    coalesce(givers.manager_name, summed.from_manager) as from_name,
    summed.to_manager,
    coalesce(takers.manager_name, summed.to_manager) as to_name,
    summed.handed_on,
    summed.weeks::bigint as weeks,
    summed.customers,
    summed.amount_before,
    case when summed.has_passed then summed.amount_after end as amount_after,
    case when summed.has_passed and summed.amount_before > 0 then summed.amount_after / summed.amount_before - 1 end
        as handover_change,
    summed.visits_before,
    case when summed.has_passed then summed.visits_after end as visits_after,
from summed
left join managers as givers on summed.from_manager = givers.manager_id
left join managers as takers on summed.to_manager = takers.manager_id
order by summed.handed_on desc, summed.from_manager, summed.to_manager, summed.weeks
