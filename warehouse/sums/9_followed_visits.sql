-- Every visit, with what its customer bought from that day to the seventh after it, both included: net quantity, and
-- lines with a quantity above zero. Sorted by day, so that a period lies together.
create or replace table months.followed_visits as
with order_days as (
    select
        customer_id,
        order_date,
        sum(qty) as qty,
        count(*) filter (qty > 0) as lines,
    from {source}sales
    where customer_id in (select customer_id from {source}visits)
    group by all
),

running as (
    select
        customer_id,
        order_date,
        sum(qty) over days as qty,
        sum(lines) over days as lines,
    from order_days
    window days as (partition by customer_id order by order_date)
),

spans as (
    select
        *,
        visit_date + 7 as last_day,
    from {source}visits
)

select
    spans.visit_date,
    spans.customer_id,
    spans.manager_id,
    spans.planned,
    spans.purpose,
    spans.outcome,
    spans.joint_with,
    spans.minutes,
    (coalesce(until.qty, 0) - coalesce(before.qty, 0))::decimal(18, 4) as bought,
    (coalesce(until.lines, 0) - coalesce(before.lines, 0))::integer as lines,
from spans
asof left join running as before
    on spans.customer_id = before.customer_id and spans.visit_date > before.order_date
asof left join running as until
    on spans.customer_id = until.customer_id and spans.last_day >= until.order_date
order by spans.visit_date
