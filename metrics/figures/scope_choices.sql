-- metric:  scope_choices
-- title:   Choices of the scope · 范围可选项
-- asks:    What can the scope be narrowed to? · 范围可以怎样收窄？
-- formula: distinct areas, teams, managers, brands, products and channels · 各片区、部门、客户经理、品牌、品规、业态
-- unit:    list
-- columns: kind varchar, value varchar, label varchar
-- by:
-- needs:
-- empty:   Nothing has been loaded. · 尚未载入数据。
-- source:  vocabulary section 3
-- rules:   Values that are not known are offered as unknown. · 未知值列为 unknown。
with choices as (
    select
        'area' as kind,
        coalesce(area, 'unknown') as value,
        null as label,
    from customers
    union
    select 'tier_band', tier_band, null from scoped_customers
    union
    select 'channel', coalesce(channel, 'unknown'), null from customers
    union
    select 'team', coalesce(team, 'unknown'), null from managers
    union
    select 'manager', manager_id, manager_name from managers
    union
    select 'brand', coalesce(brand, 'unknown'), null from products
    union
    select 'maker', coalesce(maker, 'unknown'), null from products
    union
    select 'price_class', coalesce(price_class, 'unknown'), null from products
    union
    select 'sku', sku_id, sku_name from products
)

select
    kind,
    value,
    coalesce(label, value) as label,
from choices
where value is not null
order by kind, value = 'unknown', value
