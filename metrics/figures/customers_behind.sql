-- metric:  customers_behind
-- title:   Customers behind the numbers · 数字背后的客户
-- asks:    Which customers make up each number of the products in scope? · 所选品规的各项数字由哪些客户构成？
-- formula: every customer that may carry, carries, bought, was delivered or was checked for the products, with what
--   counts it where · 可铺货、铺货、购进或被核查的每个客户，及其计入何处
-- unit:    list
-- columns: customer_id varchar, customer_name varchar, area varchar, channel varchar, tier integer, manager_id varchar,
--   manager_name varchar, is_eligible boolean, is_handler boolean, is_repeater boolean, qty decimal, amount decimal,
--   delivered decimal, ordered decimal, fill_rate double, checked bigint, on_shelf bigint, last_stock decimal,
--   available decimal, sold decimal, all_amount decimal, last_bought date
-- by:
-- needs:   sales
-- empty:   No customer in scope may carry the products, or bought them. · 范围内没有可铺货或购进这些品规的客户。
-- source:  the figures whose parts these are; vocabulary section 3
-- rules:   Of several products: any of them. Quantity, amount and fill are what counts for the scope's managers, who
--   owned the sale on its day. Checked and on the shelf count pairs of customer and product. Stock is that of the last
--   count, summed over the products. ·
--   多个品规时任一即可。数量、金额与满足率按销售当日所属客户经理计。核查与在柜按客户与品规的组合计。库存为最近一次记录，各品规合计。
with taken as (
    select
        customer_id,
        sum(qty) as qty,
        sum(amount) as amount,
        sum(delivered) filter (ordered > 0) as delivered,
        sum(ordered) filter (ordered > 0) as ordered,
        max(last_bought) as last_bought,
    from scoped_sales
    group by customer_id
),

eligible as (
    select customer_id
    from eligible_customers
),

handling as (
    select
        customer_id,
        is_repeater,
    from handling_customers
),

last_checks as (
    select
        customer_id,
        sku_id,
        arg_max(on_shelf, (check_date, on_shelf)) filter (on_shelf is not null) as on_shelf,
        arg_max(stock_qty, check_date) filter (stock_qty is not null) as last_stock,
    from scoped_shelf_checks
    group by customer_id, sku_id
),

checks as (
    select
        customer_id,
        count(on_shelf) as checked,
        count(*) filter (on_shelf) as on_shelf,
        sum(last_stock) as last_stock,
    from last_checks
    group by customer_id
),

moved as (
    select
        customer_id,
        sum(available) as available,
        sum(sold) as sold,
    from counted_stock
    group by customer_id
),

involved as (
    select customer_id from eligible
    union
    select customer_id from taken
    union
    select customer_id from checks
)

select
    involved.customer_id,
    customers.customer_name,
    coalesce(customers.area, 'unknown') as area,
    coalesce(customers.channel, 'unknown') as channel,
    customers.tier,
    coalesce(scoped_customers.manager_id, customers.manager_id, 'unknown') as manager_id,
    managers.manager_name,
    eligible.customer_id is not null as is_eligible,
    handling.customer_id is not null as is_handler,
    coalesce(handling.is_repeater, false) as is_repeater,
    taken.qty,
    taken.amount,
    taken.delivered,
    taken.ordered,
    taken.delivered / taken.ordered as fill_rate,
    checks.checked,
    checks.on_shelf,
    checks.last_stock,
    moved.available,
    moved.sold,
    customer_amounts.amount as all_amount,
    taken.last_bought,
from involved
left join customers using (customer_id)
left join scoped_customers using (customer_id)
left join managers on coalesce(scoped_customers.manager_id, customers.manager_id) = managers.manager_id
left join eligible using (customer_id)
left join handling using (customer_id)
left join taken using (customer_id)
left join checks using (customer_id)
left join moved using (customer_id)
left join customer_amounts using (customer_id)
order by taken.amount desc nulls last, customer_amounts.amount desc nulls last, involved.customer_id
