-- metric:  customer_products
-- title:   What the customers buy · 客户购进品规
-- asks:    What do they buy, and is it more or less than a year ago? · 买什么，比去年多还是少？
-- formula: quantity and amount of each product in the period, over twelve months, and a year earlier ·
--   各品规本期、近12个月与去年同期数量及金额
-- unit:    list
-- columns: sku_id varchar, sku_name varchar, brand varchar, focus boolean, qty decimal, amount decimal, last_year_qty
--   decimal, year_amount decimal, last_bought date
-- by:
-- needs:   sales
-- empty:   The customer bought nothing in the twelve months up to the last day, nor a year before. ·
--   截至期末近12个月及去年同期没有购进。
-- source:  vocabulary section 3
-- rules:   Last bought: the last day with a quantity above zero in the twelve months. · 最近购进：近12个月内最后一次数量大于零的日期。
select
    purchases_in_scope.sku_id,
    coalesce(any_value(products.sku_name), purchases_in_scope.sku_id) as sku_name,
    any_value(purchases_in_scope.brand) as brand,
    any_value(purchases_in_scope.focus) as focus,
    coalesce(sum(purchases_in_scope.qty) filter (period = 'now'), 0) as qty,
    coalesce(sum(purchases_in_scope.amount) filter (period = 'now'), 0) as amount,
    coalesce(sum(purchases_in_scope.qty) filter (period = 'last_year'), 0) as last_year_qty,
    coalesce(sum(purchases_in_scope.amount) filter (period = 'year'), 0) as year_amount,
    max(purchases_in_scope.last_bought) filter (period = 'year') as last_bought,
from purchases_in_scope
left join products on purchases_in_scope.sku_id = products.sku_id
group by purchases_in_scope.sku_id
order by year_amount desc, purchases_in_scope.sku_id
