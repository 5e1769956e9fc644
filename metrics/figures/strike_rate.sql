-- metric:  strike_rate
-- title:   Strike rate · 拜访成功率
-- asks:    Of the visits that tried to sell, what share succeeded? · 推销的拜访中成功了多少？
-- formula: visits with outcome success ÷ visits with outcome success or fail · 成功 ÷（成功 + 未成功）
-- unit:    share
-- columns: successes bigint, attempts bigint, strike_rate double
-- by:      area market channel tier tier_band team manager_id customer_id month week
-- periods: grouped
-- needs:   visits
-- empty:   No visit of the period has the outcome success or fail. · 本期没有结果为成功或未成功的拜访。
-- source:  the field's rule that half of the visits that try to sell should succeed; vocabulary section 3
-- rules:   Visits without an attempt are left out. The reference line is 50%. · 未推销的拜访不计；参考线为50%。
select
    {by},
    count(*) filter (outcome = 'success') as successes,
    count(*) as attempts,
    successes / attempts as strike_rate,
from scoped_visits
where outcome in ('success', 'fail')
group by {by}
order by {by}
