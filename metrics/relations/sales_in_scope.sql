-- Sales of any day in scope, under the manager who owned each sale on its day.
with described as (
    select
        sales.order_id,
        sales.order_date,
        sales.customer_id,
        sales.sku_id,
        sales.qty,
        sales.amount,
        sales.ordered_qty,
        coalesce(sales.owner_id, 'unknown') as manager_id,
        coalesce(managers.team, 'unknown') as team,
        coalesce(customers.area, 'unknown') as area,
        coalesce(customers.market, 'unknown') as market,
        coalesce(customers.channel, 'unknown') as channel,
        customers.tier,
        coalesce(products.brand, 'unknown') as brand,
        strftime(sales.order_date, '%Y-%m') as month,
        strftime(date_trunc('week', sales.order_date), '%Y-%m-%d') as week,
        'whole' as whole,
        'whole_range' as whole_range,
    from sales
    left join customers using (customer_id)
    left join products using (sku_id)
    left join managers on sales.owner_id = managers.manager_id
)

select *
from described
where {customer_filter} and {owner_filter} and {product_filter}
