-- metric:  sales_factors
-- title:   What sales are made of · 销售构成
-- asks:    How many carry it, how much did the customers in scope take, and for how much money? · 多少户在经营，范围内客户共进货
--   多少，合多少钱？
-- formula: handlers, net quantity and net amount; quantity = handlers × quantity a handler, amount = quantity × price ·
--   铺货户、净销量与净额；销量 = 铺货户 × 户均销量，销售额 = 销量 × 均价
-- unit:    list
-- columns: handlers bigint, qty decimal, amount decimal
-- by:
-- needs:   sales quantities
-- empty:   No sales in the period. · 本期没有销售。
-- source:  vocabulary section 3
-- rules:   Quantity and amount are those of the customers in scope, whoever owned the sale, as in velocity. · 销量与金额为范围内
--   客户的，不论销售当日归谁，与单点动销一致。
select
    (select count(*) from handling_customers) as handlers,
    coalesce(sum(qty), 0) as qty,
    coalesce(sum(amount), 0) as amount,
from purchases
