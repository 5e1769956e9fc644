-- Products in scope; whole_range stands for all of them where a figure is not split by product.
with described as (
    select
        sku_id,
        sku_name,
        coalesce(brand, 'unknown') as brand,
        coalesce(maker, 'unknown') as maker,
        coalesce(price_class, 'unknown') as price_class,
        launched_on,
        coalesce(focus, false) as focus,
        min_tier,
        'whole_range' as whole_range,
    from products
)

select *
from described
where {product_filter}
