-- metric:  on_shelf_rate
-- title:   On-shelf rate · 上柜率
-- asks:    Where it was checked, was the product on the shelf? · 核查到的终端是否上柜？
-- formula: customers whose last check found it on the shelf ÷ customers checked · 最近一次核查在柜的客户 ÷ 被核查客户
-- unit:    share
-- columns: on_shelf bigint, checked bigint, on_shelf_rate double
-- by:      area market channel tier tier_band team manager_id brand maker price_class sku_id customer_id month week
-- periods: each
-- needs:   shelf_checks
-- empty:   No shelf check of these products in the period. · 本期没有这些品规的终端核查。
-- source:  vocabulary section 3
-- rules:   The last check of each customer and product in the period decides; two on one day: on the shelf counts. Of
--   several products, pairs of customer and product are counted. · 以每户每品规期内最近一次核查为准，同日两次以在柜为准；多个品规时按客户与品规的组合计。
with last_checks as (
    select
        shelf_checks.customer_id,
        shelf_checks.sku_id,
        arg_max(shelf_checks.on_shelf, (shelf_checks.check_date, shelf_checks.on_shelf)) as on_shelf,
    from shelf_checks
    where
        shelf_checks.on_shelf is not null
        and shelf_checks.check_date between $from_date and $to_date
        and shelf_checks.sku_id in (select scoped_products.sku_id from scoped_products)
    group by shelf_checks.customer_id, shelf_checks.sku_id
)

-- Who they are is asked of the last checks alone.
select
    {by},
    count(*) filter (on_shelf) as on_shelf,
    count(*) as checked,
    count(*) filter (last_checks.on_shelf) / count(*) as on_shelf_rate,
from last_checks
inner join scoped_products using (sku_id)
inner join scoped_customers using (customer_id)
group by {by}
order by {by}
