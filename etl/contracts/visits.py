"""Visits 拜访记录: calls of managers and supervisors on customers."""

from etl.contract import Check, Column, Date, Extract, Id, Text, Whole, YesNo, choice
from etl.contracts.aliases import CUSTOMER_ID, MANAGER_ID

OUTCOME = choice(
    {
        "success": ("成功", "达成", "successful", "yes"),
        "fail": ("未成功", "失败", "未达成", "failed", "unsuccessful", "no"),
        "none": ("无", "不适用", "n/a"),
    }
)

VISITS = Extract(
    name="visits",
    name_zh="拜访记录",
    description="Visits made, one row a call.",
    keys=(("visit_id",),),
    sort=("visit_date",),
    file_words=("拜访记录", "拜访", "visit", "calls"),
    columns=(
        Column("visit_id", Id, "Number of the visit.", aliases=("拜访编号", "拜访号", "visit id", "visit no")),
        Column(
            "visit_date",
            Date,
            "Day of the visit, local time.",
            required=True,
            aliases=("拜访日期", "拜访时间", "日期", "visit date", "date"),
        ),
        Column(
            "customer_id",
            Id,
            "Customer visited; leading zeros are kept.",
            required=True,
            aliases=CUSTOMER_ID,
            references="customers",
        ),
        Column("manager_id", Id, "Who made the visit.", required=True, aliases=MANAGER_ID, references="managers"),
        Column("planned", YesNo, "Was it on the plan?", aliases=("计划内", "是否计划内", "on plan")),
        Column("purpose", Text, "What it was for.", aliases=("拜访目的", "目的", "visit purpose")),
        Column("outcome", OUTCOME, "success, fail or none.", aliases=("结果", "拜访结果", "result")),
        Column(
            "joint_with",
            Id,
            "Who came along: a supervisor or a coach.",
            aliases=("陪访人编码", "陪访人", "joint with", "accompanied by"),
            references="managers",
        ),
        Column("minutes", Whole, "How long it took.", aliases=("时长", "拜访时长", "分钟", "duration")),
        Column("note", Text, "Remarks.", aliases=("备注", "说明", "notes", "remarks")),
    ),
    checks=(
        Check("nobody visits tomorrow", "拜访日期不能在未来", "visit_date", "visit_date > current_date + 1"),
        Check(
            "a visit lasts between 0 and 1,440 minutes",
            "时长应在0至1440分钟",
            "minutes",
            "minutes not between 0 and 1440",
        ),
    ),
)
