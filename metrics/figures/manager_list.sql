-- metric:  manager_list
-- title:   Managers in scope · 范围内客户经理
-- asks:    Who are the managers, and since when? · 有哪些客户经理，何时入职？
-- formula: managers as the master states them, with their customers at the end of the period · 客户经理主数据及期末在册客户数
-- unit:    list
-- columns: manager_id varchar, manager_name varchar, team varchar, supervisor_id varchar, hired_on date, left_on
--   date, customers bigint
-- by:
-- needs:   managers
-- empty:   No manager in scope. · 范围内没有客户经理。
-- source:  vocabulary section 1
-- rules:   Supervisors who look after no customers of their own are listed with none; where no customer has a manager,
--   neither by assignment nor by its own row, how many is unknown. · 不管户的主管客户数为零；客户均无客户经理时，
--   客户数不详。
with described as (
    select
        manager_id,
        coalesce(manager_name, manager_id) as manager_name,
        coalesce(team, 'unknown') as team,
        supervisor_id,
        hired_on,
        left_on,
    from managers
),

looked_after as (
    select
        manager_id,
        count(*) as customers,
    from licensed_base
    group by manager_id
),

known as (
    select exists (from assignments) or exists (from customers where manager_id is not null) as is_there
)

select
    described.*,
    case when known.is_there then coalesce(looked_after.customers, 0) end as customers,
from described
cross join known
left join looked_after using (manager_id)
where {owner_filter}
order by team, manager_id
