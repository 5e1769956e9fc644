"""Managers 客户经理: the people who look after customers, and their supervisors."""

from etl.contract import Check, Column, Date, Extract, Id, Text
from etl.contracts.aliases import MANAGER_ID, TEAM

MANAGERS = Extract(
    name="managers",
    name_zh="客户经理",
    description="Account managers and their supervisors, one row a person.",
    keys=(("manager_id",),),
    file_words=("客户经理", "经理", "人员", "manager", "employees", "salespeople"),
    columns=(
        Column("manager_id", Id, "Code of the manager.", required=True, aliases=MANAGER_ID),
        Column("manager_name", Text, "Name.", aliases=("姓名", "客户经理姓名", "客户经理", "name", "manager name")),
        Column("team", Text, "Team or market department.", aliases=TEAM),
        Column(
            "supervisor_id",
            Id,
            "Code of the person they report to.",
            aliases=("主管编码", "主管工号", "上级编码", "supervisor", "supervisor id", "reports_to", "reports to"),
        ),
        Column(
            "hired_on", Date, "Day they began.", aliases=("入职日期", "入职时间", "hire_date", "hire date", "hired on")
        ),
        Column("left_on", Date, "Day they left.", aliases=("离职日期", "离职时间", "left on", "leave date")),
    ),
    checks=(Check("nobody leaves before they begin", "离职日期不能早于入职日期", "left_on", "left_on < hired_on"),),
)
