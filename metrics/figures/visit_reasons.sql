-- metric:  visit_reasons
-- title:   Reasons for a visit · 拜访理由
-- asks:    Who missed an order, stopped carrying a focus product, or has not tried a launch? ·
--   谁漏了订货、停了重点品规，或还没试过新品？
-- formula: order days that passed since the last order, by the customer's own rhythm; focus products bought in the 13
--   weeks before the last 13 and not in these; focus products of the last twelve months never bought ·
--   按自身订货节奏已漏的次数；此前13周购进而近13周未购进的重点品规；近12个月上市、从未购进的重点品规
-- unit:    list
-- columns: customer_id varchar, kind varchar, sku_id varchar, sku_name varchar, number double, last_bought date
-- by:
-- needs:   sales
-- empty:   No customer in scope gives a reason. · 范围内没有客户有此类理由。
-- source:  vocabulary section 3; vital_few for the rhythm
-- rules:   kind: order_missed (number of orders missed), lost (cartons bought before), launch. Usual gap: the median of
--   days between order days in the last 26 weeks, told from four order days on. Net quantities; only customers that
--   may carry the product. · 种类：order_missed（漏订次数）、lost（此前购进条数）、launch。常规间隔：近26周订货日间隔的中位数，
--   至少四个订货日才计；数量为净额；只取可铺货户。
with recent as (
    select
        customer_id,
        sku_id,
        order_date,
        qty,
    from sales
    where
        order_date > $to_date::date - 182
        and order_date <= $to_date
        and customer_id in (select licensed_base.customer_id from licensed_base)
),

order_days as (
    select distinct
        customer_id,
        order_date,
    from recent
    where qty > 0
),

spaced as (
    select
        customer_id,
        order_date,
        order_date - lag(order_date) over (partition by customer_id order by order_date) as gap,
    from order_days
),

rhythm as (
    select
        customer_id,
        max(order_date) as last_order,
        median(gap) as usual_gap,
    from spaced
    group by customer_id
    having count(*) >= 4
),

missed as (
    select
        customer_id,
        last_order,
        ceil(($to_date::date - last_order) / usual_gap) - 1 as orders_missed,
    from rhythm
),

carried as (
    select
        recent.customer_id,
        recent.sku_id,
        sum(recent.qty) filter (recent.order_date <= $to_date::date - 91) as qty_before,
        coalesce(sum(recent.qty) filter (recent.order_date > $to_date::date - 91), 0) as qty_now,
        max(recent.order_date) filter (recent.qty > 0) as last_bought,
    from recent
    inner join possible_handlers
        on recent.sku_id = possible_handlers.sku_id and recent.customer_id = possible_handlers.customer_id
    where possible_handlers.focus
    group by recent.customer_id, recent.sku_id
),

untried as (
    select
        possible_handlers.customer_id,
        possible_handlers.sku_id,
    from possible_handlers
    inner join launches on possible_handlers.sku_id = launches.sku_id
    anti join launch_orders
        on
            possible_handlers.sku_id = launch_orders.sku_id
            and possible_handlers.customer_id = launch_orders.customer_id
    where possible_handlers.focus and launches.launched_on >= $year_from_date
),

found as (
    select
        customer_id,
        'order_missed' as kind,
        null::varchar as sku_id,
        orders_missed::double as number,
        last_order as last_bought,
    from missed
    where orders_missed >= 1
    union all
    select
        customer_id,
        'lost',
        sku_id,
        qty_before,
        last_bought,
    from carried
    where qty_before > 0 and qty_now <= 0
    union all
    select
        customer_id,
        'launch',
        sku_id,
        null,
        null,
    from untried
)

select
    found.customer_id,
    found.kind,
    found.sku_id,
    coalesce(products.sku_name, found.sku_id) as sku_name,
    found.number,
    found.last_bought,
from found
left join products using (sku_id)
order by found.customer_id, found.kind, found.sku_id
