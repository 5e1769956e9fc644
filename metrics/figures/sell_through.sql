-- metric:  sell_through
-- title:   Sell-through · 动销率
-- asks:    Of what the customers had, how much went over the counter? · 客户手中的货卖出去多少？
-- formula: (first stock + bought between − last stock) ÷ (first stock + bought between) · （期初库存 + 期间购进 − 期末库存）÷（期初库存
--   + 期间购进）
-- unit:    share
-- columns: customers bigint, available decimal, sold decimal, sell_through double
-- by:      area market channel tier tier_band team manager_id brand maker price_class sku_id month week
-- periods: each
-- needs:   shelf_checks
-- empty:   No customer has two stock counts of these products in the period. · 期内没有客户对这些品规有两次库存记录。
-- source:  vocabulary section 3
-- rules:   Over customers with two or more stock counts; bought between counts days after the first and up to the
--   last. · 取期内有两次及以上库存记录的客户；期间购进指首次记录次日至末次记录当日。
with counted as (
    select
        {by},
        sku_id,
        customer_id,
        min(check_date) as first_on,
        max(check_date) as last_on,
        arg_min(stock_qty, check_date) as first_stock,
        arg_max(stock_qty, check_date) as last_stock,
    from scoped_shelf_checks
    where stock_qty is not null
    group by {by}, sku_id, customer_id
    having count(distinct check_date) >= 2
),

bought_between as (
    select
        counted.sku_id,
        counted.customer_id,
        sum(purchase_lines.qty) as bought,
    from counted
    inner join purchase_lines
        on
            counted.sku_id = purchase_lines.sku_id
            and counted.customer_id = purchase_lines.customer_id
            and purchase_lines.order_date > counted.first_on
            and purchase_lines.order_date <= counted.last_on
    group by counted.sku_id, counted.customer_id
)

select
    {by},
    count(*) as customers,
    sum(first_stock + coalesce(bought, 0)) as available,
    sum(first_stock + coalesce(bought, 0) - last_stock) as sold,
    sold / available as sell_through,
from counted
left join bought_between using (sku_id, customer_id)
group by {by}
having sum(first_stock + coalesce(bought, 0)) > 0
order by {by}
