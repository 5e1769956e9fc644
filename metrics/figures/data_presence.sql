-- metric:  data_presence
-- title:   What has been loaded · 已载入数据
-- asks:    Which extracts are there, and up to which day? · 有哪些数据，到哪一天？
-- formula: rows, first and last day of each extract · 各类数据的行数与起止日期
-- unit:    list
-- columns: extract varchar, row_count bigint, first_date date, last_date date
-- by:
-- needs:
-- empty:   Nothing has been loaded. · 尚未载入数据。
-- source:  vocabulary section 3
-- rules:   Masters that were only derived from sales count as not loaded; so do quantities where no sale gives one. ·
--   仅由销售推得的主数据视为未载入；没有一笔销售带数量时，数量亦视为未载入。
with loaded as (
    select
        'sales' as extract,
        count(*) as row_count,
        min(order_date) as first_date,
        max(order_date) as last_date,
    from sales
    union all
    select 'quantities', count(qty), null, null from sales
    union all
    select 'visits', count(*), min(visit_date), max(visit_date) from visits
    union all
    select 'visit_plan', count(*), min(plan_date), max(plan_date) from visit_plan
    union all
    select 'shelf_checks', count(*), min(check_date), max(check_date) from shelf_checks
    union all
    select 'targets', count(*), min((month || '-01')::date), max(last_day((month || '-01')::date)) from targets
    union all
    select 'surveys', count(*), min(survey_date), max(survey_date) from surveys
    union all
    select 'coaching', count(*), min(coached_on), max(coached_on) from coaching
    union all
    select 'risk_events', count(*), min(event_date), max(event_date) from risk_events
    union all
    select 'assignments', count(*), min(valid_from), max(valid_from) from assignments
    union all
    select 'customers', count(*), null, null from customers where not is_derived
    union all
    select 'products', count(*), null, null from products where not is_derived
    union all
    select 'managers', count(*), null, null from managers where not is_derived
)

select *
from loaded
order by extract
