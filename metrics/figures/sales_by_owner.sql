-- metric:  sales_by_owner
-- title:   Sales now and last year, by owner · 本期与去年同期销售（按归属）
-- asks:    What did each customer take of each product from the managers in scope, and what from others? ·
--   各客户从范围内客户经理和从其他人处各进了多少？
-- formula: Σ quantity and Σ amount by customer and product, of the period and of the same days last year ·
--   按客户与品规：本期及去年同期的 Σ 数量、Σ 金额
-- unit:    list
-- columns: customer_id varchar, sku_id varchar, is_own boolean, qty decimal, amount decimal, last_year_qty decimal,
--   last_year_amount decimal
-- by:
-- needs:   sales quantities
-- empty:   The manager sold nothing in the period, nor in the same days last year. · 本期和去年同期都没有销售。
-- source:  vocabulary sections 1 and 3
-- rules:   Customers to whom a manager in scope sold in either period, with what all others sold to them. A sale counts
--   for the manager who owned it on its day. · 取范围内客户经理在任一期内售过的客户，连同其他人的销售；销售计入当日所属的客户经理。
with customers_sold_to as (
    select distinct customer_id
    from sales_in_scope
    where period in ('now', 'last_year')
),

sold as (
    select
        summed_sales.period,
        summed_sales.customer_id,
        summed_sales.sku_id,
        summed_sales.qty,
        summed_sales.amount,
        coalesce(summed_sales.owner_id, 'unknown') as manager_id,
        coalesce(managers.team, 'unknown') as team,
        coalesce(products.brand, 'unknown') as brand,
        coalesce(products.maker, 'unknown') as maker,
        coalesce(products.price_class, 'unknown') as price_class,
    from summed_sales
    semi join customers_sold_to on summed_sales.customer_id = customers_sold_to.customer_id
    left join managers on summed_sales.owner_id = managers.manager_id
    left join products on summed_sales.sku_id = products.sku_id
    where summed_sales.period in ('now', 'last_year')
)

select
    customer_id,
    sku_id,
    {owner_filter} as is_own,
    coalesce(sum(qty) filter (period = 'now'), 0) as qty,
    coalesce(sum(amount) filter (period = 'now'), 0) as amount,
    coalesce(sum(qty) filter (period = 'last_year'), 0) as last_year_qty,
    coalesce(sum(amount) filter (period = 'last_year'), 0) as last_year_amount,
from sold
where {product_filter}
group by customer_id, sku_id, is_own
order by customer_id, sku_id, is_own
