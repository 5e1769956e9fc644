-- metric:  launch_curve
-- title:   Launch curve · 上市曲线
-- asks:    Week by week since launch, who tried the product and who came back? · 上市以来逐周，多少户试购、多少户复购？
-- formula: week w: customers who have bought by then ÷ eligible; of those, the share that bought again · 第 w 周：累计购进户
--   ÷ 可铺货户；其中再次购进的占比
-- unit:    list
-- columns: sku_id varchar, launch_week bigint, triers bigint, repeaters bigint, eligible bigint, trial_rate double,
--   repeat_of_triers double
-- by:
-- needs:   sales products
-- empty:   No product in scope has a launch date, or none has been on sale yet. · 范围内没有上市日期已到的品规。
-- source:  Parfitt and Collins 1968, trial and repeat; vocabulary section 3
-- rules:   Week 1 begins on the day of launch; up to 52 weeks, no further than the last day of the period. Eligible
--   customers are those at the end of the period. · 第1周自上市日起，至多52周，不超过期末；可铺货户以期末为准。
with launches as (
    select
        sku_id,
        launched_on,
        min_tier,
    from scoped_products
    where launched_on <= $to_date
),

eligible_count as (
    select
        launches.sku_id,
        count(*) as eligible,
    from launches
    inner join licensed_base
        on launches.min_tier is null or licensed_base.tier is null or licensed_base.tier >= launches.min_tier
    group by launches.sku_id
),

order_days as (
    select distinct
        bought.sku_id,
        bought.customer_id,
        bought.order_date,
    from purchase_lines as bought
    semi join licensed_base on bought.customer_id = licensed_base.customer_id
    where
        bought.qty > 0
        and bought.order_date between bought.launched_on and $to_date
        and (bought.tier is null or bought.min_tier is null or bought.tier >= bought.min_tier)
),

steps as (
    select
        *,
        row_number() over (partition by sku_id, customer_id order by order_date) as step,
    from order_days
),

week_numbers as (
    select
        launches.sku_id,
        launches.launched_on,
        unnest(generate_series(1, least(52, (($to_date::date - launches.launched_on) // 7) + 1))) as launch_week,
    from launches
)

select
    week_numbers.sku_id,
    week_numbers.launch_week,
    count(*) filter (steps.step = 1) as triers,
    count(*) filter (steps.step = 2) as repeaters,
    any_value(eligible_count.eligible) as eligible,
    triers / any_value(eligible_count.eligible) as trial_rate,
    repeaters / nullif(triers, 0) as repeat_of_triers,
from week_numbers
inner join eligible_count using (sku_id)
left join steps
    on
        week_numbers.sku_id = steps.sku_id
        and steps.order_date < week_numbers.launched_on + (week_numbers.launch_week * 7)::integer
group by week_numbers.sku_id, week_numbers.launch_week
order by week_numbers.sku_id, week_numbers.launch_week
