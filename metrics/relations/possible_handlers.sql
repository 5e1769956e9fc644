-- Every pair of product in scope and customer of the licensed base that may carry it; unknown tiers may.
select
    scoped_products.sku_id,
    scoped_products.sku_name,
    scoped_products.brand,
    scoped_products.maker,
    scoped_products.price_class,
    scoped_products.focus,
    scoped_products.whole_range,
    licensed_base.*,
from scoped_products
inner join licensed_base
    on
        scoped_products.min_tier is null
        or licensed_base.tier is null
        or licensed_base.tier >= scoped_products.min_tier
