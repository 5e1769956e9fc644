-- metric:  products_bought
-- title:   Products each customer bought · 各户所购品规
-- asks:    Which products did each customer buy in the period? · 各户本期买过哪些品规？
-- formula: products with a quantity above zero in the period, 64 to a block of bits · 本期数量大于零的品规，每 64 个一组按位记
-- unit:    list
-- columns: customer_id varchar, product_block bigint, product_bits ubigint
-- by:
-- needs:   sales
-- empty:   Nobody bought anything in the period. · 本期没有购进。
-- source:  vocabulary section 3
-- rules:   All products and customers, whatever the scope. Bit b of block k is the product at place 64·k + b, from 0,
--   in the order of product numbers: bits take a third of the time that a row a customer and product would. ·
--   不受范围限制；第 k 组第 b 位为按商品编码排序（自 0 起）的第 64·k + b 个品规。
with places as (
    select
        sku_id,
        row_number() over (order by sku_id) - 1 as place,
    from products
),

bits as (
    select
        sku_id,
        place // 64 as product_block,
        1::ubigint << (place % 64)::ubigint as product_bit,
    from places
)

select
    summed_sales.customer_id,
    bits.product_block,
    bit_or(bits.product_bit) as product_bits,
from summed_sales
inner join bits using (sku_id)
where summed_sales.period = 'now' and summed_sales.last_bought is not null
group by summed_sales.customer_id, bits.product_block
order by summed_sales.customer_id, bits.product_block
