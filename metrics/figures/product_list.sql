-- metric:  product_list
-- title:   Products in scope · 范围内品规
-- asks:    Which products are in scope? · 范围内有哪些品规？
-- formula: products as the master states them · 商品主数据
-- unit:    list
-- columns: sku_id varchar, sku_name varchar, brand varchar, maker varchar, price_class varchar, focus boolean,
--   launched_on date, min_tier integer
-- by:
-- needs:   products
-- empty:   No product in scope. · 范围内没有品规。
-- source:  vocabulary section 1
-- rules:   Focus products come first. · 重点培育品规在前。
select
    sku_id,
    coalesce(sku_name, sku_id) as sku_name,
    brand,
    maker,
    price_class,
    focus,
    launched_on,
    min_tier,
from scoped_products
order by focus desc, sku_id
