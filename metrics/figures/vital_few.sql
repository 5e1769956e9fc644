-- metric:  vital_few
-- title:   The vital few · 关键少数
-- asks:    Who are the key customers, how do they move, and who looks after them? · 重点客户是谁，走势如何，有没有人照看？
-- formula: the first ceil(0.2·n) customers by net amount over the twelve months up to the last day, and those who were
--   a year before · 近12个月净额前 ceil(0.2·n) 户，及一年前的重点客户
-- unit:    list
-- columns: customer_id varchar, customer_name varchar, area varchar, tier integer, manager_id varchar, manager_name
--   varchar, is_key boolean, was_key boolean, position bigint, position_before bigint, amount double, amount_before
--   double, amount_share double, running_share double, year_growth double, last_manager_visit date,
--   days_since_manager bigint, last_supervisor_visit date, days_since_supervisor bigint, order_days bigint, usual_gap
--   double, last_order date, days_since_order bigint, usual_weekday bigint, orders_missed bigint
-- by:
-- needs:   sales
-- empty:   No customer in scope is or was among the key customers. · 范围内没有现在或一年前的重点客户。
-- source:  vocabulary section 3
-- rules:   Ranked over the whole business, shown for the scope, under the manager at the end of the period. Usual gap:
--   the median of days between order days in the last 26 weeks, told from four order days on; missed: the due days
--   that passed since the last order; usual weekday, from 1, Monday, to 7: of most order days in the 26
--   weeks. ·
--   按全公司排名，显示所选范围，归期末客户经理。常规间隔：近26周订货日间隔的中位数，至少四个订货日才计；漏订：最近订货以来已过的应订次数。常订星期：1（周一）至7。
with vital as (
    select *
    from vital_customers
    semi join scoped_customers using (customer_id)
)

select
    vital.customer_id,
    scoped_customers.customer_name,
    scoped_customers.area,
    scoped_customers.tier,
    scoped_customers.manager_id,
    managers.manager_name,
    vital.is_key,
    vital.was_key,
    vital.position,
    vital.position_before,
    vital.amount::double as amount,
    vital.amount_before::double as amount_before,
    vital.amount_share,
    vital.running_share,
    case when vital.amount_before > 0 then (coalesce(vital.amount, 0) / vital.amount_before)::double - 1 end
        as year_growth,
    last_seen.by_manager as last_manager_visit,
    ($to_date::date - last_seen.by_manager)::bigint as days_since_manager,
    last_seen.by_supervisor as last_supervisor_visit,
    ($to_date::date - last_seen.by_supervisor)::bigint as days_since_supervisor,
    coalesce(order_rhythm.order_days, 0) as order_days,
    order_rhythm.usual_gap,
    vital.last_order,
    ($to_date::date - vital.last_order)::bigint as days_since_order,
    order_rhythm.usual_weekday::bigint as usual_weekday,
    case
        when order_rhythm.usual_gap > 0
            then greatest(ceil(($to_date::date - vital.last_order) / order_rhythm.usual_gap) - 1, 0)
    end::bigint as orders_missed,
from vital
inner join scoped_customers using (customer_id)
left join managers on scoped_customers.manager_id = managers.manager_id
left join order_rhythm using (customer_id)
left join last_seen using (customer_id)
order by vital.position nulls last, vital.position_before
