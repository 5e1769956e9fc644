-- metric:  portfolio
-- title:   Portfolio · 品规组合
-- asks:    How far does each product reach, do its customers come back, and how fast does it sell? ·
--   各品规铺得多广、客户是否再购、卖得多快？
-- formula: numeric and weighted distribution, repeat rate, velocity, fill rate and amount side by side, with their
--   parts · 铺货率、加权铺货率、重购率、单点动销、订单满足率与销售额并列，附其分子分母
-- unit:    list
-- columns: eligible bigint, handlers bigint, numeric_distribution double, handlers_amount decimal,
--   eligible_amount decimal, weighted_distribution double, repeaters bigint, repeat_rate double, qty decimal,
--   velocity double, amount decimal, delivered decimal, ordered decimal, fill_rate double
-- by:      brand maker price_class sku_id
-- needs:   sales quantities
-- empty:   No product in scope. · 范围内没有品规。
-- source:  the figures of the same names; vocabulary section 3
-- rules:   Every column is the figure of its name, worked out in one pass; a test holds them equal. A product that
--   nobody may carry or nobody carries has a row all the same, with no data where there is none. ·
--   各列即同名指标，一次算出，由测试保证一致；无可铺货户或铺货户的品规亦列出，无数据处留空。
with circle as (
    select
        scoped_customers.customer_id,
        scoped_customers.tier,
        licensed.customer_id is not null as is_licensed,
        coalesce(customer_amounts.amount, 0) as all_amount,
    from scoped_customers
    left join licensed_base as licensed using (customer_id)
    left join customer_amounts using (customer_id)
),

bought as (
    select
        customer_id,
        sku_id,
        sum(qty) as qty,
        min(first_bought) as first_bought,
        max(last_bought) as last_bought,
    from summed_sales
    semi join scoped_products using (sku_id)
    where period = 'now'
    group by customer_id, sku_id
),

carried as (
    select
        bought.*,
        scoped_products.brand,
        scoped_products.maker,
        scoped_products.price_class,
        scoped_products.whole_range,
        circle.all_amount,
        bought.qty > 0
        and circle.is_licensed
        and (circle.tier is null or scoped_products.min_tier is null or circle.tier >= scoped_products.min_tier)
            as is_handled,
    from bought
    inner join scoped_products using (sku_id)
    inner join circle using (customer_id)
),

-- Product by product each customer has one row already: adding it up again would take a tenth of the time.
taken_by_customer as (
    select
        {product_by},
        customer_id,
        qty,
        all_amount,
        is_handled::bigint as handled,
        is_handled and first_bought < last_bought as is_repeater,
    from carried
    where '{product_by}' = 'sku_id'
    union all
    select
        {product_by},
        customer_id,
        sum(qty) as qty,
        any_value(all_amount) as all_amount,
        count(*) filter (is_handled) as handled,
        min(first_bought) filter (is_handled) < max(last_bought) filter (is_handled) as is_repeater,
    from carried
    where '{product_by}' <> 'sku_id'
    group by {product_by}, customer_id
),

taken as (
    select
        {product_by},
        sum(qty) as qty,
        count(*) filter (handled > 0) as handlers,
        count(*) filter (is_repeater) as repeaters,
        sum(all_amount) filter (handled > 0) as handlers_amount,
    from taken_by_customer
    group by {product_by}
),

licensed_tiers as (
    select
        tier,
        count(*) as customers,
        sum(all_amount) as amount,
    from circle
    where is_licensed
    group by tier
),

product_groups as (
    select
        {product_by},
        min(coalesce(min_tier, 0)) as lowest_tier,
    from scoped_products
    group by {product_by}
),

possible as (
    select
        {product_by},
        coalesce(sum(licensed_tiers.customers), 0)::bigint as eligible,
        sum(licensed_tiers.amount) as eligible_amount,
    from product_groups
    left join licensed_tiers
        on licensed_tiers.tier is null or licensed_tiers.tier >= product_groups.lowest_tier
    group by {product_by}
),

sold as (
    select
        {product_by},
        sum(amount) as amount,
        sum(delivered) filter (ordered > 0) as delivered,
        sum(ordered) filter (ordered > 0) as ordered,
    from totals_in_scope
    where period = 'now'
    group by {product_by}
),

counted as (
    select
        possible.*,
        case when possible.eligible > 0 then coalesce(taken.handlers, 0) end as handlers,
        case when possible.eligible_amount > 0 then coalesce(taken.handlers_amount, 0) end as handlers_amount,
        case when taken.handlers > 0 then taken.repeaters end as repeaters,
        taken.qty,
        sold.amount,
        sold.delivered,
        sold.ordered,
    from possible
    left join taken using ({product_by})
    left join sold using ({product_by})
)

select
    {columns_by} eligible,
    handlers,
    handlers / nullif(eligible, 0) as numeric_distribution,
    handlers_amount,
    eligible_amount,
    handlers_amount / nullif(eligible_amount, 0) as weighted_distribution,
    repeaters,
    repeaters / nullif(handlers, 0) as repeat_rate,
    qty,
    qty / nullif(handlers, 0) / $weeks as velocity,
    amount,
    delivered,
    ordered,
    delivered / ordered as fill_rate,
from counted
order by {product_by}
