-- metric:  customer_facts
-- title:   Customer · 客户
-- asks:    Who is the customer, and how large? · 这是谁，有多大？
-- formula: the customer master, the manager at the end of the period, and twelve months of purchases ·
--   客户主数据、期末客户经理与近12个月购进
-- unit:    list
-- columns: customer_id varchar, customer_name varchar, area varchar, market varchar, channel varchar, tier integer,
--   status varchar, opened_on date, licence_no varchar, manager_id varchar, manager_name varchar, team varchar, amount
--   decimal, products bigint, last_bought date, last_manager_visit date, last_supervisor_visit date
-- by:
-- needs:   customers
-- empty:   No customer in scope. · 范围内没有客户。
-- source:  vocabulary section 1
-- rules:   Amount and products are of the twelve months up to the last day; products are those with a net quantity
--   above zero. Visits are those by the present manager and by that manager's supervisor. ·
--   金额与品规为截至期末近12个月，品规指净销量大于零者；拜访指现任客户经理及其主管的拜访。
with bought as (
    select
        customer_id,
        sku_id,
        sum(qty) as qty,
        sum(amount) as amount,
        max(last_bought) as last_bought,
    from purchases_in_scope
    where period = 'year'
    group by customer_id, sku_id
),

taken as (
    select
        customer_id,
        sum(amount) as amount,
        count(*) filter (qty > 0) as products,
        max(last_bought) as last_bought,
    from bought
    group by customer_id
)

select
    scoped_customers.customer_id,
    coalesce(scoped_customers.customer_name, scoped_customers.customer_id) as customer_name,
    scoped_customers.area,
    scoped_customers.market,
    scoped_customers.channel,
    scoped_customers.tier,
    scoped_customers.status,
    scoped_customers.opened_on,
    customers.licence_no,
    scoped_customers.manager_id,
    managers.manager_name,
    scoped_customers.team,
    taken.amount,
    coalesce(taken.products, 0) as products,
    taken.last_bought,
    last_seen.by_manager as last_manager_visit,
    last_seen.by_supervisor as last_supervisor_visit,
from scoped_customers
inner join customers using (customer_id)
left join managers on scoped_customers.manager_id = managers.manager_id
left join taken on scoped_customers.customer_id = taken.customer_id
left join last_seen on scoped_customers.customer_id = last_seen.customer_id
order by scoped_customers.customer_id
