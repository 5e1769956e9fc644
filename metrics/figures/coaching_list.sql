-- metric:  coaching_list
-- title:   Coaching, step by step · 帮带明细
-- asks:    Which steps did each newcomer take, with whom, at which customer? · 新人在哪些客户、由谁带、走了哪些步骤？
-- formula: rows of coaching up to the last day, newest first · 截至期末的帮带记录，最近在前
-- unit:    list
-- columns: coached_on date, manager_id varchar, coach_id varchar, coaching_step varchar, customer_id varchar,
--   customer_name varchar, note varchar
-- by:
-- needs:   coaching
-- empty:   No step was recorded up to the last day. · 截至期末没有帮带记录。
-- source:  vocabulary sections 1 and 7
-- rules:   Those of the newcomers in scope, whoever coached them. · 范围内新人的记录，不论由谁帮带。
with described as (
    select
        coaching.coached_on,
        coaching.manager_id,
        coaching.coach_id,
        coaching.step as coaching_step,
        coaching.customer_id,
        coalesce(customers.customer_name, coaching.customer_id) as customer_name,
        coaching.note,
        coalesce(managers.team, 'unknown') as team,
    from coaching
    left join managers using (manager_id)
    left join customers using (customer_id)
    where coaching.coached_on <= $to_date
)

select
    coached_on,
    manager_id,
    coach_id,
    coaching_step,
    customer_id,
    customer_name,
    note,
from described
where {owner_filter}
order by coached_on desc, manager_id, coaching_step desc, customer_id desc, coach_id
