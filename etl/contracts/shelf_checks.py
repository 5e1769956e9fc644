"""Shelf checks 终端核查: what was found on the shelf of a customer."""

from etl.contract import Check, Column, Date, Extract, Id, Money, Quantity, YesNo
from etl.contracts.aliases import CUSTOMER_ID, SKU_ID, UNIT_COLUMN

SHELF_CHECKS = Extract(
    name="shelf_checks",
    name_zh="终端核查",
    description="Checks of shelves, one row a customer, product and day.",
    keys=(("check_date", "customer_id", "sku_id"),),
    sort=("check_date",),
    file_words=("终端核查", "核查", "上柜", "shelf check", "store check"),
    columns=(
        Column(
            "check_date",
            Date,
            "Day of the check.",
            required=True,
            aliases=("核查日期", "检查日期", "日期", "check date"),
        ),
        Column("customer_id", Id, "Customer checked.", required=True, aliases=CUSTOMER_ID, references="customers"),
        Column("sku_id", Id, "Product looked for.", required=True, aliases=SKU_ID, references="products"),
        Column("on_shelf", YesNo, "Was it on the shelf?", required=True, aliases=("上柜", "是否上柜", "on shelf")),
        Column(
            "stock_qty",
            Quantity,
            "Stock counted, in cartons.",
            aliases=("库存", "库存量", "库存数量", "stock", "stock qty"),
            unit_in="unit",
        ),
        Column(
            "retail_price", Money, "Price asked for, yuan.", aliases=("零售价", "实际零售价", "retail price", "price")
        ),
        UNIT_COLUMN,
    ),
    checks=(
        Check("nobody checks tomorrow", "核查日期不能在未来", "check_date", "check_date > current_date + 1"),
        Check("stock is not negative", "库存不能为负", "stock_qty", "stock_qty < 0"),
    ),
)
