-- metric:  habits
-- title:   What to know of key customers · 重点客户须知
-- asks:    What does each key customer buy, and what happened there last? · 各重点客户买什么，最近发生了什么？
-- formula: the three products with the largest net amount, the risk events, and the last visit's outcome and note, of
--   twelve months; what was ordered and not delivered in 12 weeks ·
--   近12个月净额前三品规、风险事件、最近拜访的结果与备注；近12周订而未供的数量
-- unit:    list
-- columns: customer_id varchar, main_products varchar, undelivered double,
--   risk_events bigint, last_visit date, last_outcome varchar, last_note varchar
-- by:
-- needs:   sales
-- empty:   No key customer in scope. · 范围内没有重点客户。
-- source:  shared vocabulary, sections 1 and 3
-- rules:   The last visit is that of whoever made it; the note is the newest there is. · 最近拜访不论何人；备注取最新一条。
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

short as (
    select
        customer_id,
        sum(undelivered)::double as undelivered,
    from months.daily_customer_sales
    where
        order_date > $to_date::date - 84
        and order_date <= $to_date
        and customer_id in (select vital.customer_id from vital)
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
    where visit_date between $year_from_date and $to_date and customer_id in (select vital.customer_id from vital)
    group by customer_id
)

select
    vital.customer_id,
    main.main_products,
    short.undelivered,
    coalesce(risks.risk_events, 0) as risk_events,
    seen.last_visit,
    seen.last_outcome,
    seen.last_note,
from vital
left join main using (customer_id)
left join short using (customer_id)
left join risks using (customer_id)
left join seen using (customer_id)
order by vital.customer_id
