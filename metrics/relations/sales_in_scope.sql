-- Sales in scope of the periods that figures compare, under the manager who owned each sale on its day.
with described as (
    select
        sales.*,
        coalesce(sales.owner_id, 'unknown') as manager_id,
        coalesce(managers.team, 'unknown') as team,
        coalesce(customers.area, 'unknown') as area,
        coalesce(customers.market, 'unknown') as market,
        coalesce(customers.channel, 'unknown') as channel,
        customers.tier,
        coalesce(
            printf('%02d–%02d', (customers.tier - 1) // 5 * 5 + 1, (customers.tier - 1) // 5 * 5 + 5), 'unknown'
        ) as tier_band,
        coalesce(products.brand, 'unknown') as brand,
        coalesce(products.maker, 'unknown') as maker,
        coalesce(products.price_class, 'unknown') as price_class,
        products.list_price,
        products.retail_price,
        strftime(sales.day, '%Y-%m') as month,
        strftime(date_trunc('week', sales.day), '%Y-%m-%d') as week,
        'whole' as whole,
        'whole_range' as whole_range,
    from {sums} as sales
    left join customers using (customer_id)
    left join products using (sku_id)
    left join managers on sales.owner_id = managers.manager_id
)

select *
from described
where {customer_filter} and {owner_filter} and {product_filter}
