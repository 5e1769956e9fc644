"""Aliases, choices and columns that several contracts share."""

from etl.contract import Column, choice

CUSTOMER_ID = (
    "客户编码",
    "客户编号",
    "客户代码",
    "零售户编码",
    "零售户编号",
    "客户ID",
    "customer",
    "customer id",
    "customer code",
    "customer no",
    "cust_id",
    "customerid",
)
CUSTOMER_NAME = ("客户名称", "零售户名称", "客户", "零售户", "店名", "customer name", "company name", "shop name")
SKU_ID = (
    "商品编码",
    "商品编号",
    "商品代码",
    "卷烟编码",
    "卷烟代码",
    "品规编码",
    "品规代码",
    "sku",
    "sku id",
    "sku code",
    "product_id",
    "product id",
    "product code",
    "item code",
    "stock code",
)
SKU_NAME = ("商品名称", "卷烟名称", "品规名称", "品规", "商品", "sku name", "product name", "product", "item name")
MANAGER_ID = (
    "客户经理编码",
    "客户经理编号",
    "客户经理代码",
    "客户经理工号",
    "工号",
    "manager",
    "manager id",
    "manager code",
    "manager no",
    "account manager",
    "employee_id",
    "employee id",
    "salesperson",
)
ORDER_DATE = (
    "订单日期",
    "日期",
    "订货日期",
    "销售日期",
    "下单日期",
    "order date",
    "date",
    "sales date",
    "invoice date",
)
ORDER_ID = ("订单号", "订单编号", "订单编码", "单号", "order id", "order no", "order number", "invoice no")
LINE_NO = ("行号", "明细行号", "序号", "line no", "line number", "order line", "line")
QTY = ("数量", "销量", "销售数量", "订货量", "实订量", "quantity", "units", "qty sold")
AMOUNT = ("金额", "销售额", "销售金额", "订货金额", "sales", "sales amount", "net amount", "value", "revenue")
ORDERED_QTY = ("需求量", "要货量", "需求数量", "ordered qty", "ordered quantity", "demand", "requested qty")
AREA = ("片区", "市场部", "片区/市场部", "区域", "线路", "region", "district", "territory")
TEAM = ("部门", "市场部", "部门/市场部", "团队", "班组", "department", "team name")

UNIT = choice(
    {
        "条": ("carton", "cartons", "ctn"),
        "箱": ("大箱", "case", "cases"),
        "件": (),
        "万支": (),
        "包": ("盒", "pack", "packs"),
    }
)
UNIT_COLUMN = Column(
    "unit",
    UNIT,
    "Unit of the quantities; cartons where empty.",
    aliases=("单位", "计量单位", "数量单位", "unit of measure", "uom", "qty unit"),
    default="条",
    is_stored=False,
)

MARKET = choice({"urban": ("城镇", "城市", "市区", "城区", "city"), "rural": ("乡村", "农村", "country")}, strict=False)
CHANNEL = choice(
    {
        "食杂店": ("grocery", "grocery store", "食杂"),
        "便利店": ("convenience", "convenience store", "便利"),
        "超市": ("supermarket",),
        "商场": ("mall", "department store"),
        "烟酒商店": ("tobacco and liquor", "tobacconist", "烟酒店", "烟酒"),
        "娱乐服务": ("entertainment", "entertainment and services", "娱乐服务类", "娱乐"),
        "其他": ("other", "others", "其它"),
    },
    strict=False,
)
PRICE_CLASS = choice(
    {
        "一类": ("一类烟", "1类", "Ⅰ类", "class 1"),
        "二类": ("二类烟", "2类", "Ⅱ类", "class 2"),
        "三类": ("三类烟", "3类", "Ⅲ类", "class 3"),
        "四类": ("四类烟", "4类", "Ⅳ类", "class 4"),
        "五类": ("五类烟", "5类", "Ⅴ类", "class 5"),
    },
    strict=False,
)
