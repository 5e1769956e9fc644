-- metric:  first_weeks
-- title:   First weeks of newcomers · 新人入职各周
-- asks:    What did each newcomer have, week by week since being hired? · 各新人入职后每周做到了什么？
-- formula: of each week since hired: amount, visits, selling visits and successes; at its end: customers in care, and
--   those visited by then · 入职后逐周：销售额、拜访、推销与成功次数；周末：在册客户及其中已拜访的
-- unit:    list
-- columns: manager_id varchar, week_of_service bigint, amount double, visits bigint, successes bigint, attempts bigint,
--   customers bigint, visited bigint
-- by:
-- needs:   managers visits
-- empty:   Nobody was hired within the days of the data. · 数据期间内没有人入职。
-- source:  vocabulary sections 3 and 7
-- rules:   Whole weeks up to the last day, of the period or of the data, or the day of leaving, 53 at most, of
--   whoever was hired since sales and visits are recorded, whatever the scope. Customers closed today are left out. ·
--   取有销售和拜访记录以来入职者、截至期末、数据末日或离职日的完整周，至多53周，不受所选范围限制；现已停业的客户不计。
with span as (
    select
        greatest((select min(order_date) from sales), (select min(visit_date) from visits)) as first_day,
        greatest((select max(order_date) from sales), (select max(visit_date) from visits)) as last_day,
),

newcomers as (
    select
        managers.manager_id,
        managers.hired_on,
        least($to_date::date, span.last_day, coalesce(managers.left_on, $to_date::date)) as last_day,
    from managers
    inner join span on managers.hired_on >= span.first_day
),

since as (
    select min(hired_on) as first_hire
    from newcomers
),

served as (
    select
        manager_id,
        hired_on,
        unnest(generate_series(1, least(53, (last_day - hired_on + 1) // 7))) as week_of_service,
    from newcomers
),

weeks as (
    select
        *,
        hired_on + 7 * week_of_service::integer - 1 as week_end,
    from served
),

sold as (
    select
        newcomers.manager_id,
        (sales.order_date - newcomers.hired_on) // 7 + 1 as week_of_service,
        sum(sales.amount)::double as amount,
    from sales
    inner join newcomers on sales.owner_id = newcomers.manager_id
    where
        sales.order_date between newcomers.hired_on and newcomers.last_day
        and sales.order_date >= (select since.first_hire from since)
    group by all
),

made as (
    select
        newcomers.manager_id,
        (visits.visit_date - newcomers.hired_on) // 7 + 1 as week_of_service,
        count(*) as visits,
        count(*) filter (visits.outcome = 'success') as successes,
        count(*) filter (visits.outcome in ('success', 'fail')) as attempts,
    from visits
    inner join newcomers using (manager_id)
    where visits.visit_date between newcomers.hired_on and newcomers.last_day
    group by all
),

first_visits as (
    select
        newcomers.manager_id,
        visits.customer_id,
        min(visits.visit_date) as first_visit,
    from visits
    inner join newcomers using (manager_id)
    where visits.visit_date between newcomers.hired_on and newcomers.last_day
    group by newcomers.manager_id, visits.customer_id
),

-- Who has a customer on a day: of the assignments that hold on it the one that began last, else the customer's own.
stated as (
    select
        weeks.manager_id,
        weeks.week_of_service,
        weeks.week_end,
        assignments.customer_id,
    from weeks
    inner join assignments
        on
            weeks.manager_id = assignments.manager_id
            and assignments.valid_from <= weeks.week_end
            and (assignments.valid_to is null or assignments.valid_to >= weeks.week_end)
    where
        not exists (
            select 1
            from assignments as later
            where
                later.customer_id = assignments.customer_id
                and later.valid_from > assignments.valid_from
                and later.valid_from <= weeks.week_end
                and (later.valid_to is null or later.valid_to >= weeks.week_end)
        )
),

unstated as (
    select
        weeks.manager_id,
        weeks.week_of_service,
        weeks.week_end,
        customers.customer_id,
    from weeks
    inner join customers using (manager_id)
    where
        not exists (
            select 1
            from assignments
            where
                assignments.customer_id = customers.customer_id
                and assignments.valid_from <= weeks.week_end
                and (assignments.valid_to is null or assignments.valid_to >= weeks.week_end)
        )
),

in_care as (
    select * from stated
    union
    select * from unstated
),

cared_for as (
    select
        in_care.manager_id,
        in_care.week_of_service,
        count(*) as customers,
        count(*) filter (first_visits.first_visit <= in_care.week_end) as visited,
    from in_care
    inner join customers using (customer_id)
    left join first_visits
        on in_care.manager_id = first_visits.manager_id and in_care.customer_id = first_visits.customer_id
    where
        coalesce(customers.status, 'active') = 'active'
        and (customers.opened_on is null or customers.opened_on <= in_care.week_end)
    group by in_care.manager_id, in_care.week_of_service
)

select
    weeks.manager_id,
    weeks.week_of_service,
    coalesce(sold.amount, 0) as amount,
    coalesce(made.visits, 0) as visits,
    coalesce(made.successes, 0) as successes,
    coalesce(made.attempts, 0) as attempts,
    coalesce(cared_for.customers, 0) as customers,
    coalesce(cared_for.visited, 0) as visited,
from weeks
left join sold using (manager_id, week_of_service)
left join made using (manager_id, week_of_service)
left join cared_for using (manager_id, week_of_service)
order by weeks.manager_id, weeks.week_of_service
