"""Sales 销售明细: order lines; negative ones are returns."""

from etl.contract import Check, Column, Date, Extract, Id, Money, Quantity, Whole
from etl.contracts.aliases import (
    AMOUNT,
    CUSTOMER_ID,
    LINE_NO,
    MANAGER_ID,
    ORDER_DATE,
    ORDER_ID,
    ORDERED_QTY,
    QTY,
    SKU_ID,
    UNIT_COLUMN,
)

NOT_FAR_AHEAD = Check(
    "no order is dated more than a month ahead",
    "订单日期不能晚于一个月之后",
    "order_date",
    "order_date > current_date + 31",
)

SALES = Extract(
    name="sales",
    name_zh="销售明细",
    description="Order lines. A negative quantity or amount is a return and nets off in every sum.",
    keys=(("order_id", "line_no"), ("order_id", "sku_id")),
    numbering="line_no",
    sort=("order_date",),
    file_words=("销售明细", "销售", "订单", "订单明细", "sale", "orders", "order lines"),
    columns=(
        Column("order_id", Id, "Number of the order.", aliases=ORDER_ID),
        Column("line_no", Whole, "Line within the order.", aliases=LINE_NO),
        Column("order_date", Date, "Day of the order, local time.", required=True, aliases=ORDER_DATE),
        Column("customer_id", Id, "Customer who ordered.", required=True, aliases=CUSTOMER_ID, references="customers"),
        Column("sku_id", Id, "Product ordered.", required=True, aliases=SKU_ID, references="products"),
        Column("qty", Quantity, "Quantity delivered, in cartons.", required=True, aliases=QTY, unit_in="unit"),
        Column("amount", Money, "Amount, yuan.", required=True, aliases=AMOUNT),
        Column("ordered_qty", Quantity, "Quantity asked for, in cartons.", aliases=ORDERED_QTY, unit_in="unit"),
        Column("manager_id", Id, "Manager the line names, if any.", aliases=MANAGER_ID, references="managers"),
        UNIT_COLUMN,
    ),
    checks=(NOT_FAR_AHEAD,),
)
