-- metric:  visit_due
-- title:   When each customer was last seen · 各客户最近拜访
-- asks:    For how long has each customer gone without a visit by its manager? · 各客户多久没有被客户经理拜访？
-- formula: days from the manager's last visit to the last day of the period · 客户经理最近拜访至期末的天数
-- unit:    list
-- columns: customer_id varchar, customer_name varchar, area varchar, channel varchar, tier integer, tier_band varchar,
--   manager_id varchar, manager_name varchar, is_key boolean, year_amount double, last_manager_visit date,
--   counted_from date, days_since_manager bigint
-- by:
-- needs:   customers visits
-- empty:   No customer in scope, or no visit was ever recorded. · 范围内没有客户，或从未记录拜访。
-- source:  vocabulary sections 1 and 3
-- rules:   The licensed base under the manager at the end of the period. Where that manager has never been there, days
--   count from the handover or from the opening, whichever came later; where neither is known there are none. Key
--   customers and amount: as in key customers. · 期末在册客户；该客户经理从未去过的，自交接日或入网日（取较晚）起算，均不知则无天数；重点客户与金额同“重点客户”。
with taken_over as (
    select
        assignments.customer_id,
        max(assignments.valid_from) as valid_from,
    from assignments
    inner join scoped_customers
        on
            assignments.customer_id = scoped_customers.customer_id
            and assignments.manager_id = scoped_customers.manager_id
    where assignments.valid_from <= $to_date
    group by assignments.customer_id
),

taken as (
    select
        customer_id,
        sum(amount) as amount,
    from summed_customer_sales
    where period = 'year' and customer_id in (select scoped_customers.customer_id from scoped_customers)
    group by customer_id
)

select
    licensed_base.customer_id,
    coalesce(licensed_base.customer_name, licensed_base.customer_id) as customer_name,
    licensed_base.area,
    licensed_base.channel,
    licensed_base.tier,
    licensed_base.tier_band,
    licensed_base.manager_id,
    managers.manager_name,
    licensed_base.customer_id in (select ranked_key_customers.customer_id from ranked_key_customers) as is_key,
    taken.amount::double as year_amount,
    last_seen.by_manager as last_manager_visit,
    coalesce(last_seen.by_manager, greatest(licensed_base.opened_on, taken_over.valid_from)) as counted_from,
    ($to_date::date - coalesce(last_seen.by_manager, greatest(licensed_base.opened_on, taken_over.valid_from)))::bigint
        as days_since_manager,
from licensed_base
left join managers on licensed_base.manager_id = managers.manager_id
left join last_seen on licensed_base.customer_id = last_seen.customer_id
left join taken_over on licensed_base.customer_id = taken_over.customer_id
left join taken on licensed_base.customer_id = taken.customer_id
where exists (select 1 from visits)
order by licensed_base.customer_id
