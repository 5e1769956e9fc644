-- Sales in scope of the periods that figures compare, under the manager who owned each sale on its day. The masters are
-- grouped by their keys: so DuckDB sees that each sale meets one row at most, and leaves out a join that nobody needs.
with one_customer as (
    select
        customer_id,
        any_value(area) as area,
        any_value(market) as market,
        any_value(channel) as channel,
        any_value(tier) as tier,
    from customers
    group by customer_id
),

one_product as (
    select
        sku_id,
        any_value(brand) as brand,
        any_value(maker) as maker,
        any_value(price_class) as price_class,
        any_value(list_price) as list_price,
        any_value(retail_price) as retail_price,
    from products
    group by sku_id
),

one_manager as (
    select
        manager_id,
        any_value(team) as team,
    from managers
    group by manager_id
),

described as (
    select
        sales.*,
        coalesce(sales.owner_id, 'unknown') as manager_id,
        coalesce(one_manager.team, 'unknown') as team,
        coalesce(one_customer.area, 'unknown') as area,
        coalesce(one_customer.market, 'unknown') as market,
        coalesce(one_customer.channel, 'unknown') as channel,
        one_customer.tier,
        coalesce(
            printf('%02d–%02d', (one_customer.tier - 1) // 5 * 5 + 1, (one_customer.tier - 1) // 5 * 5 + 5), 'unknown'
        ) as tier_band,
        coalesce(one_product.brand, 'unknown') as brand,
        coalesce(one_product.maker, 'unknown') as maker,
        coalesce(one_product.price_class, 'unknown') as price_class,
        one_product.list_price,
        one_product.retail_price,
        strftime(sales.day, '%Y-%m') as month,
        strftime(date_trunc('week', sales.day), '%Y-%m-%d') as week,
        'whole' as whole,
        'whole_range' as whole_range,
    from {sums} as sales
    left join one_customer using (customer_id)
    left join one_product using (sku_id)
    left join one_manager on sales.owner_id = one_manager.manager_id
)

select *
from described
where {customer_filter} and {owner_filter} and {product_filter}
