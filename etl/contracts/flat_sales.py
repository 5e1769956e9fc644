"""Flat sales 汇总销售表: one file that holds everything; customers, products and managers are derived from it."""

from etl.contract import Column, Date, Extract, Id, Money, Quantity, Text, Whole
from etl.contracts.aliases import (
    AMOUNT,
    AREA,
    CHANNEL,
    CUSTOMER_ID,
    CUSTOMER_NAME,
    LINE_NO,
    MANAGER_ID,
    MARKET,
    ORDER_DATE,
    ORDER_ID,
    ORDERED_QTY,
    PRICE_CLASS,
    QTY,
    SKU_ID,
    SKU_NAME,
    TEAM,
    UNIT_COLUMN,
)
from etl.contracts.sales import NOT_FAR_AHEAD

UNKNOWN = "unknown"

FLAT_SALES = Extract(
    name="flat_sales",
    name_zh="汇总销售表",
    description="One wide sales file. Where it gives only names, the name is the id.",
    keys=(("order_id", "line_no"), ("order_id", "sku_id")),
    numbering="line_no",
    sort=("order_date",),
    file_words=("汇总销售表", "汇总销售", "销售汇总", "flat", "flat sales"),
    columns=(
        Column("order_id", Id, "Number of the order.", aliases=ORDER_ID),
        Column("line_no", Whole, "Line within the order.", aliases=LINE_NO),
        Column("order_date", Date, "Day of the order, local time.", required=True, aliases=ORDER_DATE),
        Column(
            "customer_id",
            Id,
            "Customer; its name where there is no code, and 'unknown' where there is neither.",
            required=True,
            aliases=CUSTOMER_ID,
            instead="customer_name",
            default=UNKNOWN,
        ),
        Column(
            "sku_id",
            Id,
            "Product; its name where there is no code.",
            required=True,
            aliases=SKU_ID,
            instead="sku_name",
        ),
        Column("qty", Quantity, "Quantity, in cartons.", aliases=QTY, unit_in="unit"),
        Column("amount", Money, "Amount, yuan.", required=True, aliases=AMOUNT),
        Column("ordered_qty", Quantity, "Quantity asked for, in cartons.", aliases=ORDERED_QTY, unit_in="unit"),
        Column(
            "manager_id",
            Id,
            "Manager; the name where there is no code.",
            aliases=MANAGER_ID,
            instead="manager_name",
        ),
        Column("customer_name", Text, "Name of the shop.", aliases=CUSTOMER_NAME),
        Column("area", Text, "Area of the customer.", aliases=AREA),
        Column("market", MARKET, "Kind of market: urban or rural.", aliases=("市场类型", "market type")),
        Column("channel", CHANNEL, "Kind of shop.", aliases=("业态", "business type")),
        Column("tier", Whole, "Tier of the customer.", aliases=("档位", "客户档位")),
        Column("sku_name", Text, "Name of the product.", aliases=SKU_NAME),
        Column("brand", Text, "Brand of the product.", aliases=("品牌", "品牌名称", "brand name")),
        Column("price_class", PRICE_CLASS, "Price class of the product.", aliases=("类别", "价类", "category")),
        Column(
            "manager_name", Text, "Name of the manager.", aliases=("客户经理", "客户经理姓名", "姓名", "manager name")
        ),
        Column("team", Text, "Team of the manager.", aliases=TEAM),
        UNIT_COLUMN,
    ),
    checks=(NOT_FAR_AHEAD,),
)
