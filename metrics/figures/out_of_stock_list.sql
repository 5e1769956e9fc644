-- metric:  out_of_stock_list
-- title:   Customers out of stock · 断货户
-- asks:    At whom did the last stock count of the period find none left? · 本期最后一次盘点时，哪些户已无库存？
-- formula: customers whose last stock count of the product in the period was 0 · 本期最后一次盘点库存为 0 的客户
-- unit:    list
-- columns: customer_id varchar, customer_name varchar, area varchar, channel varchar, tier integer, manager_id varchar,
--   manager_name varchar, sku_id varchar, last_counted date, last_bought date, last_manager_visit date
-- by:
-- needs:   shelf_checks
-- empty:   No last stock count of the period found the product gone. · 本期最后一次盘点均有库存，或没有盘点。
-- source:  vocabulary section 3
-- rules:   Checks without a stock quantity count nothing. Customers of the licensed base. Last bought: the last day
--   with a quantity above zero, up to the end of the period. · 没有库存数的核查不计；限在营可铺货户；最近购进：截至期末
--   最后一次数量大于零的日期。
with counted as (
    select
        customer_id,
        sku_id,
        max(check_date) as last_counted,
        arg_max(stock_qty, check_date) as stock_qty,
    from scoped_shelf_checks
    where stock_qty is not null
    group by customer_id, sku_id
)

select
    licensed_base.customer_id,
    licensed_base.customer_name,
    licensed_base.area,
    licensed_base.channel,
    licensed_base.tier,
    licensed_base.manager_id,
    managers.manager_name,
    counted.sku_id,
    counted.last_counted,
    bought_so_far.last_bought,
    last_seen.by_manager as last_manager_visit,
from counted
inner join licensed_base using (customer_id)
left join managers using (manager_id)
left join bought_so_far using (customer_id, sku_id)
left join last_seen using (customer_id)
where counted.stock_qty <= 0
order by bought_so_far.last_bought desc nulls last, licensed_base.customer_id, counted.sku_id
