"""Coaching 帮带记录: steps on the apprentice ladder."""

from etl.contract import Check, Column, Date, Extract, Id, Text, choice
from etl.contracts.aliases import CUSTOMER_ID, MANAGER_ID

STEP = choice(
    {
        "A": ("我做你看", "i do, you watch"),
        "B": ("我做你帮", "i do, you help"),
        "C": ("你做我帮", "you do, i help"),
        "D": ("你做我看", "you do, i watch"),
        "E": ("你做我管", "you do, i manage"),
    }
)

COACHING = Extract(
    name="coaching",
    name_zh="帮带记录",
    description="Steps that a coach took with a newcomer, one row a step and customer.",
    keys=(("coached_on", "manager_id", "coach_id", "step", "customer_id"),),
    sort=("coached_on",),
    file_words=("帮带记录", "帮带", "coaching", "mentoring"),
    columns=(
        Column(
            "coached_on", Date, "Day of the step.", required=True, aliases=("帮带日期", "日期", "coached on", "date")
        ),
        Column("manager_id", Id, "The newcomer.", required=True, aliases=MANAGER_ID, references="managers"),
        Column(
            "coach_id",
            Id,
            "The coach.",
            required=True,
            aliases=("帮带人编码", "师傅编码", "带教人编码", "帮带人", "coach", "coach id"),
            references="managers",
        ),
        Column("step", STEP, "A to E.", required=True, aliases=("步骤", "阶段", "stage")),
        Column("customer_id", Id, "Customer it was done with, if any.", aliases=CUSTOMER_ID, references="customers"),
        Column("note", Text, "Remarks.", aliases=("备注", "说明", "notes", "remarks")),
    ),
    checks=(Check("nobody coaches tomorrow", "帮带日期不能在未来", "coached_on", "coached_on > current_date + 1"),),
)
