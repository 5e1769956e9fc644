"""Products 品规: what is sold, by stock-keeping unit."""

from etl.contract import Check, Column, Date, Extract, Id, Money, Quantity, Text, Whole, YesNo
from etl.contracts.aliases import PRICE_CLASS, SKU_ID, SKU_NAME

PRODUCTS = Extract(
    name="products",
    name_zh="品规",
    description="Products, one row a stock-keeping unit.",
    keys=(("sku_id",),),
    file_words=("品规", "商品", "卷烟", "商品档案", "product", "sku", "items"),
    columns=(
        Column("sku_id", Id, "Code of the product; leading zeros are kept.", required=True, aliases=SKU_ID),
        Column("sku_name", Text, "Name of the product.", aliases=SKU_NAME),
        Column("brand", Text, "Brand it belongs to.", aliases=("品牌", "品牌名称", "brand name")),
        Column(
            "maker",
            Text,
            "Company that makes it.",
            aliases=("工业公司", "生产厂家", "厂家", "manufacturer", "supplier"),
        ),
        Column(
            "price_class",
            PRICE_CLASS,
            "Class by price, 一类 the dearest to 五类.",
            aliases=("类别", "价类", "卷烟类别", "price class", "category", "class"),
        ),
        Column(
            "list_price",
            Money,
            "Wholesale price of a carton, yuan.",
            aliases=("批发价", "批发价格", "list price", "unit_price", "unit price", "wholesale price"),
        ),
        Column(
            "retail_price",
            Money,
            "Suggested retail price of a carton, yuan.",
            aliases=("建议零售价", "零售价", "零售指导价", "retail price", "suggested retail price"),
        ),
        Column(
            "launched_on",
            Date,
            "Day it came to the market.",
            aliases=("上市日期", "上市时间", "launched on", "launch date"),
        ),
        Column(
            "focus",
            YesNo,
            "Is it a product under focused cultivation?",
            aliases=("重点培育", "是否重点", "focus product"),
        ),
        Column(
            "min_tier",
            Whole,
            "Lowest customer tier that may carry it.",
            aliases=("最低投放档位", "投放档位", "min tier", "minimum tier"),
        ),
        Column(
            "cartons_per_case",
            Quantity,
            "Cartons in a case (箱); 250 where nobody says otherwise.",
            aliases=("箱装条数", "每箱条数", "箱规", "cartons per case", "case size"),
        ),
    ),
    checks=(
        Check("tiers run from 1 to 30", "档位应在1至30之间", "min_tier", "min_tier not between 1 and 30"),
        Check("a case holds something", "每箱条数应大于0", "cartons_per_case", "cartons_per_case <= 0"),
        Check("prices are not negative", "价格不能为负", "list_price", "list_price < 0"),
        Check("prices are not negative", "价格不能为负", "retail_price", "retail_price < 0"),
    ),
)
