-- metric:  lorenz_curve
-- title:   Lorenz curve · 洛伦兹曲线
-- asks:    What share of the business do the smallest customers have together? · 由小到大累计，客户占多少生意？
-- formula: running share of amount over the running share of customers, smallest first · 自小到大，客户累计占比与净额累计占比
-- unit:    list
-- columns: customers_share double, amount_share double
-- by:
-- needs:   sales
-- empty:   No customer has a net amount above zero in the period. · 本期没有净额大于零的客户。
-- source:  M. O. Lorenz 1905; vocabulary section 3
-- rules:   At most about 500 points are given, evenly over the customers, both ends included: more cannot be told
--   apart on a screen. · 至多约500个点，均匀分布并含两端。
with ascending as (
    select
        row_number() over (order by amount, customer_id desc) as i,
        count(*) over () as n,
        sum(amount) over (order by amount, customer_id desc rows unbounded preceding) as reached,
        sum(amount) over () as total,
    from net_amounts
    where amount > 0
)

select
    0::double as customers_share,
    0::double as amount_share,
from (select max(n) as n from ascending)
where n > 0
union all
select
    i / n as customers_share,
    reached / total as amount_share,
from ascending
where i = n or i % greatest(1, n // 500) = 0
order by customers_share
