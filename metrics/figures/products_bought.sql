-- metric:  products_bought
-- title:   Products each customer bought · 各户所购品规
-- asks:    Which products did each customer buy in the period? · 各户本期买过哪些品规？
-- formula: products with a net quantity above zero in a month of the period, 64 to a block of bits ·
--   本期任一月净销量大于零的品规，每 64 个一组按位记
-- unit:    list
-- columns: customer_id varchar, product_block bigint, product_bits ubigint
-- by:
-- needs:   sales quantities
-- empty:   Nobody bought anything in the period. · 本期没有购进。
-- source:  vocabulary section 3
-- rules:   At most the last 36 months; of a month that the period does not fill, a quantity above zero on a day. Bit b
--   of block k is the product at place 64·k + b, from 0, in the order of product numbers: bits take a third of the time
--   that a row a customer and product would. ·
--   至多最近36个月；非整月按日计，当日数量大于零即计。第 k 组第 b 位为按商品编码排序（自 0 起）的第 64·k + b 个品规。
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
),

bought as (
    select
        customer_id,
        sku_id,
    from buying_months
    union all
    select
        customer_id,
        sku_id,
    from sales_lines
    where last_bought is not null and day >= $from_date and day < $whole_from and day <= $to_date
    union all
    select
        customer_id,
        sku_id,
    from sales_lines
    where last_bought is not null and day >= $whole_until and day <= $to_date
)

select
    bought.customer_id,
    bits.product_block,
    bit_or(bits.product_bit) as product_bits,
from bought
inner join bits using (sku_id)
group by bought.customer_id, bits.product_block
order by bought.customer_id, bits.product_block
