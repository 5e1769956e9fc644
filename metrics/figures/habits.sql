-- metric:  habits
-- title:   Habits and open issues · 习惯与待办
-- asks:    What does each key customer buy, on which day, and what is still open there? · 各重点客户买什么、哪天订、还有什么没解决？
-- formula: the three products with the largest net amount in twelve months, the weekday of most order days in 26 weeks,
--   what was ordered and not delivered in 12 weeks, risk events in twelve months, the last visit's outcome and note ·
--   近12个月净额前三品规、近26周最常订货的星期、近12周未满足量、近12个月风险事件、最近拜访的结果与备注
-- unit:    list
-- columns: customer_id varchar, main_products varchar, usual_weekday bigint, undelivered double, risk_events bigint,
--   last_visit date, last_outcome varchar, last_note varchar
-- by:
-- needs:   sales
-- empty:   No key customer in scope. · 范围内没有重点客户。
-- source:  shared vocabulary, sections 1 and 3
-- rules:   Weekdays run from 1, Monday, to 7. The last visit is that of whoever made it; the note is the newest there
--   is within twelve months. · 星期自1（周一）至7。最近拜访不论何人；备注取12个月内最新一条。
with vital as (
    select customer_id
    from vital_customers
    semi join scoped_customers using (customer_id)
),

taken as (
    select
        customer_id,
        sku_id,
        sum(amount) as amount,
    from summed_sales
    where period = 'year' and customer_id in (select vital.customer_id from vital)
    group by customer_id, sku_id
    having sum(amount) > 0
),

favourites as (
    select
        *,
        row_number() over (partition by customer_id order by amount desc, sku_id) as place,
    from taken
),

main as (
    select
        favourites.customer_id,
        string_agg(coalesce(products.sku_name, favourites.sku_id), ', ' order by favourites.place) as main_products,
    from favourites
    left join products using (sku_id)
    where favourites.place <= 3
    group by favourites.customer_id
),

ordered as (
    select
        customer_id,
        order_date,
        bool_or(qty > 0) as has_bought,
        sum(greatest(ordered_qty - greatest(qty, 0), 0)) filter (
            ordered_qty > 0 and order_date > $to_date::date - 84
        ) as undelivered,
    from sales
    where
        order_date > $to_date::date - 182
        and order_date <= $to_date
        and customer_id in (select vital.customer_id from vital)
    group by customer_id, order_date
),

weekdays as (
    select
        customer_id,
        isodow(order_date) as weekday,
        count(*) filter (has_bought) as days,
        sum(undelivered) as undelivered,
    from ordered
    group by customer_id, weekday
),

rhythm as (
    select
        customer_id,
        arg_max(weekday, [days, -weekday]) filter (days > 0) as usual_weekday,
        sum(undelivered) as undelivered,
    from weekdays
    group by customer_id
),

risks as (
    select
        customer_id,
        count(*) as risk_events,
    from risk_events
    where event_date between $year_from_date and $to_date
    group by customer_id
),

seen as (
    select
        customer_id,
        max(visit_date) as last_visit,
        arg_max(coalesce(outcome, 'none'), visit_date) as last_outcome,
        arg_max(note, visit_date) filter (note is not null) as last_note,
    from visits
    where visit_date between $year_from_date and $to_date
    group by customer_id
)

select
    vital.customer_id,
    main.main_products,
    rhythm.usual_weekday::bigint as usual_weekday,
    rhythm.undelivered::double as undelivered,
    coalesce(risks.risk_events, 0) as risk_events,
    seen.last_visit,
    seen.last_outcome,
    seen.last_note,
from vital
left join main using (customer_id)
left join rhythm using (customer_id)
left join risks using (customer_id)
left join seen using (customer_id)
order by vital.customer_id
