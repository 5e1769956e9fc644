-- metric:  vital_products
-- title:   Products of the vital few · 关键少数的品规数
-- asks:    How many products does each key customer take? · 各重点客户买多少个品规？
-- formula: products with a net quantity above zero in the twelve months up to the last day · 近12个月净销量大于零的品规数
-- unit:    list
-- columns: customer_id varchar, products bigint
-- by:
-- needs:   sales quantities
-- empty:   No customer in scope is or was among the key customers. · 范围内没有现在或一年前的重点客户。
-- source:  vocabulary section 3
-- rules:   The customers of the figure vital_few. Apart from it, since it reads the year by product. ·
--   与关键少数为同一批客户；因需按品规读取全年，单列为一项。
with vital as (
    select customer_id
    from vital_customers
    semi join scoped_customers using (customer_id)
),

taken as (
    select
        customer_id,
        sku_id,
    from summed_sales
    where period = 'year' and customer_id in (select vital.customer_id from vital)
    group by customer_id, sku_id
    having sum(qty) > 0
)

select
    vital.customer_id,
    count(taken.sku_id) as products,
from vital
left join taken using (customer_id)
group by vital.customer_id
order by vital.customer_id
