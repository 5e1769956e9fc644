"""Customers 零售户: the licensed retailers."""

from etl.contract import Check, Column, Date, Extract, Id, Text, Whole, choice
from etl.contracts.aliases import AREA, CHANNEL, CUSTOMER_ID, CUSTOMER_NAME, MANAGER_ID, MARKET

STATUS = choice(
    {
        "active": ("正常", "营业", "有效", "在营", "open", "Y", "1"),
        "closed": ("停业", "歇业", "注销", "关闭", "无效", "inactive", "N", "0"),
    }
)

CUSTOMERS = Extract(
    name="customers",
    name_zh="零售户",
    description="Licensed retailers, one row a customer.",
    keys=(("customer_id",),),
    file_words=("零售户", "客户", "客户档案", "客户信息", "customer", "resellers", "stores"),
    columns=(
        Column("customer_id", Id, "Code of the retailer; leading zeros are kept.", required=True, aliases=CUSTOMER_ID),
        Column("customer_name", Text, "Name of the shop.", aliases=CUSTOMER_NAME),
        Column("area", Text, "Area or market department it lies in.", aliases=AREA),
        Column("market", MARKET, "Kind of market: urban or rural.", aliases=("市场类型", "market type", "城乡")),
        Column("channel", CHANNEL, "Kind of shop (业态).", aliases=("业态", "零售业态", "经营业态", "business type")),
        Column(
            "tier", Whole, "Tier from 1, the lowest, to 30.", aliases=("档位", "客户档位", "grade", "customer tier")
        ),
        Column(
            "manager_id",
            Id,
            "Account manager in charge, where no assignment says otherwise.",
            aliases=MANAGER_ID,
            references="managers",
        ),
        Column(
            "status",
            STATUS,
            "active or closed; a customer whose status nobody states is active.",
            aliases=("状态", "客户状态", "经营状态", "customer status"),
            default="active",
        ),
        Column(
            "opened_on", Date, "Day it joined.", aliases=("入网日期", "开户日期", "opened on", "since", "open date")
        ),
        Column(
            "licence_no", Id, "Number of its licence.", aliases=("许可证号", "专卖证号", "licence no", "license no")
        ),
    ),
    checks=(Check("tiers run from 1 to 30", "档位应在1至30之间", "tier", "tier not between 1 and 30"),),
)
