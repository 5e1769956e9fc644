-- The licensed base that may carry each product, or any product of each group; unknown tiers count as eligible.
with product_groups as (
    select
        {product_by},
        min(coalesce(min_tier, 0)) as lowest_tier,
    from scoped_products
    group by {product_by}
)

select
    product_groups.*,
    licensed_base.*,
from product_groups
inner join licensed_base
    on licensed_base.tier is null or licensed_base.tier >= product_groups.lowest_tier
