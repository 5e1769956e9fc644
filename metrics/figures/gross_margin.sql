-- metric:  gross_margin
-- title:   Retailers' gross margin · 零售毛利
-- asks:    How much do the retailers earn on what they bought? · 零售户在所购商品上能赚多少？
-- formula: Σ (retail price − list price) × quantity · Σ（建议零售价 − 批发价）× 数量
-- unit:    money
-- columns: priced_amount decimal, amount decimal, priced_share double, gross_margin decimal
-- by:      area market channel tier tier_band team manager_id brand maker price_class sku_id customer_id month week
-- periods: grouped
-- needs:   sales quantities products
-- empty:   Nothing sold in the period has both prices. · 本期所售商品均缺批发价或建议零售价。
-- source:  shared vocabulary, section 1: list_price and retail_price of products
-- rules:   At the products' present prices, returns netted off. Products without both prices count for nothing; the
--   priced share says how much of the amount has them. · 按商品现价计，退货冲减；缺价的商品不计，有价占比说明其份量。
select
    {by},
    coalesce(sum(amount) filter (retail_price - list_price is not null), 0) as priced_amount,
    sum(amount) as amount,
    priced_amount / nullif(sum(amount), 0) as priced_share,
    sum(qty * (retail_price - list_price)) as gross_margin,
from scoped_sales
group by {by}
having gross_margin is not null
order by {by}
