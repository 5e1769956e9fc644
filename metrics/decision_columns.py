"""Titles, as (English, Chinese), and units of the columns of decisions by owner, for metrics.columns."""

DECISIONS: dict[str, tuple[tuple[str, str], str]] = {
    "owner": (("Owner", "负责人"), "text"),
    "decided": (("Decisions", "决议"), "count"),
    "still_open": (("Open", "未完成"), "count"),
    "overdue": (("Of them overdue", "其中逾期"), "count"),
    "carried_out": (("Done", "已完成"), "count"),
    "on_time": (("Of them on time", "其中按期"), "count"),
    "on_time_share": (("Share on time", "按期率"), "share"),
    "dropped": (("Dropped", "已取消"), "count"),
    "decided_on": (("Decided", "决议日期"), "date"),
    "due_on": (("Due", "期限"), "date"),
    "closed_on": (("Closed", "结束日期"), "date"),
    "decision": (("Decision", "决议"), "text"),
}
