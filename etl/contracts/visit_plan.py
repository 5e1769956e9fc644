"""Visit plan 拜访计划: who means to see whom, and when."""

from etl.contract import Column, Date, Extract, Id
from etl.contracts.aliases import CUSTOMER_ID, MANAGER_ID

VISIT_PLAN = Extract(
    name="visit_plan",
    name_zh="拜访计划",
    description="Visits planned, one row a customer and day.",
    keys=(("plan_date", "customer_id", "manager_id"),),
    sort=("plan_date",),
    file_words=("拜访计划", "visit plan", "call plan", "plan"),
    columns=(
        Column(
            "plan_date",
            Date,
            "Day planned.",
            required=True,
            aliases=("计划日期", "拜访日期", "日期", "plan date", "planned date"),
        ),
        Column("customer_id", Id, "Customer to be seen.", required=True, aliases=CUSTOMER_ID, references="customers"),
        Column("manager_id", Id, "Who is to go.", required=True, aliases=MANAGER_ID, references="managers"),
    ),
)
