-- metric:  launch_curve
-- title:   Launch curve · 上市曲线
-- asks:    Week by week since launch, who tried the product and who came back? · 上市以来逐周，多少户试购、多少户复购？
-- formula: week w: customers who have bought by then ÷ eligible; of those, the share that bought again · 第 w 周：累计购进户
--   ÷ 可铺货户；其中再次购进的占比
-- unit:    list
-- columns: sku_id varchar, launch_week bigint, triers bigint, repeaters bigint, eligible bigint, trial_rate double,
--   repeat_of_triers double
-- by:
-- needs:   sales quantities products
-- empty:   No product in scope was launched since the sales begin. · 范围内没有在销售数据期间上市的品规。
-- source:  Parfitt and Collins 1968, trial and repeat; vocabulary section 3
-- rules:   Week 1 begins on the day of launch; up to 52 weeks, no further than the last day of the period. Eligible
--   customers are those at the end of the period. Products launched before the sales begin have no curve. · 第1周自
--   上市日起，至多52周，不超过期末；可铺货户以期末为准；早于销售数据上市的品规没有曲线。
with week_numbers as (
    select
        sku_id,
        eligible,
        unnest(generate_series(1, least(52, (($to_date::date - launched_on) // 7) + 1))) as launch_week,
    from launches
),

of_the_week as (
    select
        sku_id,
        ((order_date - launched_on) // 7) + 1 as launch_week,
        count(*) filter (order_step = 1) as tried,
        count(*) filter (order_step = 2) as came_back,
    from launch_orders
    group by all
)

select
    week_numbers.sku_id,
    week_numbers.launch_week,
    coalesce(sum(of_the_week.tried) over so_far, 0)::bigint as triers,
    coalesce(sum(of_the_week.came_back) over so_far, 0)::bigint as repeaters,
    week_numbers.eligible,
    triers / week_numbers.eligible as trial_rate,
    repeaters / nullif(triers, 0) as repeat_of_triers,
from week_numbers
left join of_the_week using (sku_id, launch_week)
window so_far as (partition by week_numbers.sku_id order by week_numbers.launch_week)
order by week_numbers.sku_id, week_numbers.launch_week
