"""Assignments 客户归属: which manager looks after a customer, and from when to when."""

from etl.contract import Check, Column, Date, Extract, Id
from etl.contracts.aliases import CUSTOMER_ID, MANAGER_ID

ASSIGNMENTS = Extract(
    name="assignments",
    name_zh="客户归属",
    description="Who looks after whom, one row a customer and spell; where spells overlap the later start wins.",
    keys=(("customer_id", "valid_from"),),
    file_words=("客户归属", "归属", "交接", "assignment", "handovers"),
    columns=(
        Column("customer_id", Id, "Customer.", required=True, aliases=CUSTOMER_ID, references="customers"),
        Column("manager_id", Id, "Manager in charge.", required=True, aliases=MANAGER_ID, references="managers"),
        Column(
            "valid_from",
            Date,
            "First day.",
            required=True,
            aliases=("开始日期", "生效日期", "起始日期", "valid from", "from"),
        ),
        Column(
            "valid_to",
            Date,
            "Last day, empty while it lasts.",
            aliases=("结束日期", "失效日期", "截止日期", "valid to", "to"),
        ),
    ),
    checks=(
        Check("a spell does not end before it begins", "结束日期不能早于开始日期", "valid_to", "valid_to < valid_from"),
    ),
)
