-- metric:  key_customers
-- title:   Key customers · 重点客户
-- asks:    Who are the vital few, and when were they last seen? · 重点客户是谁，最近何时被拜访？
-- formula: the first ceil(0.2·n) customers by net amount over the twelve months up to the last day · 近12个月净额前
--   ceil(0.2·n) 户
-- unit:    list
-- columns: customer_id varchar, customer_name varchar, area varchar, tier integer, manager_id varchar, manager_name
--   varchar, position bigint, amount decimal, amount_share double, running_share double, last_manager_visit date,
--   days_since_manager bigint, last_supervisor_visit date, days_since_supervisor bigint
-- by:
-- needs:   sales
-- empty:   No customer in scope is among the key customers. · 范围内没有重点客户。
-- source:  vocabulary section 3
-- rules:   Ranked over the whole business, shown for the scope. Days count to the last day of the period. Seen by the
--   supervisor: joint visits with, or visits made by, the manager's supervisor. · 按全公司排名，显示所选范围；天数算至期末；主管拜访：与主管同访或主管自访。
select
    ranked_key_customers.customer_id,
    scoped_customers.customer_name,
    scoped_customers.area,
    scoped_customers.tier,
    scoped_customers.manager_id,
    managers.manager_name,
    ranked_key_customers.position,
    ranked_key_customers.amount,
    ranked_key_customers.amount / ranked_key_customers.total as amount_share,
    ranked_key_customers.running / ranked_key_customers.total as running_share,
    last_seen.by_manager as last_manager_visit,
    ($to_date::date - last_seen.by_manager)::bigint as days_since_manager,
    last_seen.by_supervisor as last_supervisor_visit,
    ($to_date::date - last_seen.by_supervisor)::bigint as days_since_supervisor,
from ranked_key_customers
inner join scoped_customers using (customer_id)
left join managers on scoped_customers.manager_id = managers.manager_id
left join last_seen using (customer_id)
order by ranked_key_customers.position
