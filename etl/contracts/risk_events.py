"""Risk events 风险事件: what went wrong with a customer and what it cost."""

from etl.contract import Check, Column, Date, Extract, Id, Money, Text
from etl.contracts.aliases import CUSTOMER_ID

RISK_EVENTS = Extract(
    name="risk_events",
    name_zh="风险事件",
    description="Events that cost money, one row an event.",
    keys=(),
    sort=("event_date",),
    file_words=("风险事件", "风险", "risk", "incidents"),
    columns=(
        Column(
            "event_date",
            Date,
            "Day of the event.",
            required=True,
            aliases=("发生日期", "事件日期", "日期", "event date", "date"),
        ),
        Column("customer_id", Id, "Customer concerned.", required=True, aliases=CUSTOMER_ID, references="customers"),
        Column("kind", Text, "What happened.", required=True, aliases=("类型", "事件类型", "风险类型", "type")),
        Column("loss", Money, "What it cost, yuan.", required=True, aliases=("损失", "损失金额", "loss amount")),
    ),
    checks=(Check("nothing happens tomorrow", "事件日期不能在未来", "event_date", "event_date > current_date + 1"),),
)
