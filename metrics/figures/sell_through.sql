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
with moved as (
    select
        scoped_customers.*,
        scoped_products.* exclude (sku_name, launched_on, focus, min_tier),
        counted_stock.available,
        counted_stock.sold,
    from counted_stock
    inner join scoped_customers using (customer_id)
    inner join scoped_products using (sku_id)
)

select
    {by},
    count(*) as customers,
    sum(moved.available) as available,
    sum(moved.sold) as sold,
    sum(moved.sold) / sum(moved.available) as sell_through,
from moved
group by {by}
having sum(moved.available) > 0
order by {by}
