-- metric:  satisfaction_retailer
-- title:   Retailers' satisfaction · 零售户满意度
-- asks:    How content are the retailers? · 零售户满意吗？
-- formula: Σ scores of retailers ÷ their answers, 0 to 100 · Σ 零售户评分 ÷ 答卷数，0–100
-- unit:    rate
-- columns: score_sum decimal, answers bigint, satisfaction_retailer double
-- by:      area market channel tier tier_band team manager_id customer_id month week
-- periods: grouped
-- needs:   surveys
-- empty:   No answer of retailers in the period and scope; one that names neither manager nor customer counts for the
--   whole alone. · 本期范围内没有零售户的答卷；未注明客户经理和客户的答卷只计入整体。
-- source:  vocabulary section 1, surveys; the mean of all answers
-- rules:   An answer counts for the manager it names, else for the one who had the customer on its day. ·
--   计入答卷所列客户经理，未列则计入当日管户的客户经理。
select
    {by},
    sum(score) as score_sum,
    count(*) as answers,
    (sum(score) / count(*))::double as satisfaction_retailer,
from scoped_surveys
where audience = 'retailer'
group by {by}
order by {by}
