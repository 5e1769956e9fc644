-- metric:  visit_purposes
-- title:   What visits were for · 拜访目的
-- asks:    What did each manager go there for? · 各客户经理为什么去拜访？
-- formula: number of visits by purpose, as it was noted · 按所记目的统计的拜访次数
-- unit:    list
-- columns: manager_id varchar, purpose varchar, visits bigint
-- by:
-- needs:   visits
-- empty:   No visit was recorded in the period. · 本期没有拜访记录。
-- source:  vocabulary section 1
-- rules:   A visit counts for the manager who made it; a purpose that nobody noted is unknown. ·
--   计入实施拜访的客户经理；未记目的者为未知。
select
    manager_id,
    coalesce(purpose, 'unknown') as purpose,
    count(*) as visits,
from scoped_visits
group by manager_id, coalesce(purpose, 'unknown')
order by manager_id, purpose
