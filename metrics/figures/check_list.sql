-- metric:  check_list
-- title:   Shelf checks · 终端核查明细
-- asks:    What was found on the shelf? · 终端核查看到什么？
-- formula: checks of the twelve months up to the last day, newest first · 截至期末近12个月的核查，最近在前
-- unit:    list
-- columns: check_date date, customer_id varchar, sku_id varchar, sku_name varchar, found_on_shelf boolean,
--   stock_qty decimal, retail_price decimal
-- by:
-- needs:   shelf_checks
-- empty:   No shelf check in the twelve months up to the last day. · 截至期末近12个月没有终端核查。
-- source:  vocabulary section 1
-- rules:   As they were noted. · 照录。
select
    shelf_checks.check_date,
    shelf_checks.customer_id,
    shelf_checks.sku_id,
    coalesce(products.sku_name, shelf_checks.sku_id) as sku_name,
    shelf_checks.on_shelf as found_on_shelf,
    shelf_checks.stock_qty,
    shelf_checks.retail_price,
from shelf_checks
semi join scoped_customers on shelf_checks.customer_id = scoped_customers.customer_id
semi join scoped_products on shelf_checks.sku_id = scoped_products.sku_id
left join products on shelf_checks.sku_id = products.sku_id
where shelf_checks.check_date between $year_from_date and $to_date
order by shelf_checks.check_date desc, shelf_checks.customer_id, shelf_checks.sku_id
