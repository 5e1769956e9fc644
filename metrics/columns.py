"""Titles and units of every column that a figure may give, parts and dimensions included: one place."""

from dataclasses import dataclass

from metrics.catalogue import figures


@dataclass(frozen=True)
class Column:
    """A column's title as (English, Chinese) and its unit: a catalogue unit, 'text', 'date' or 'days'."""

    title: tuple[str, str]
    unit: str


_PARTS: dict[str, Column] = {
    "area": Column(("Area", "片区"), "text"),
    "market": Column(("Market", "市场类型"), "text"),
    "channel": Column(("Channel", "业态"), "text"),
    "tier": Column(("Tier", "档位"), "count"),
    "tier_band": Column(("Tiers", "档位段"), "text"),
    "team": Column(("Team", "部门"), "text"),
    "manager_id": Column(("Manager no.", "客户经理编码"), "text"),
    "manager_name": Column(("Manager", "客户经理"), "text"),
    "brand": Column(("Brand", "品牌"), "text"),
    "maker": Column(("Maker", "工业公司"), "text"),
    "price_class": Column(("Price class", "价类"), "text"),
    "sku_id": Column(("Product no.", "商品编码"), "text"),
    "sku_name": Column(("Product", "品规"), "text"),
    "customer_id": Column(("Customer no.", "客户编码"), "text"),
    "customer_name": Column(("Customer", "客户名称"), "text"),
    "month": Column(("Month", "月份"), "text"),
    "week": Column(("Week of", "周（周一）"), "text"),
    "focus": Column(("Focus", "重点培育"), "text"),
    "launched_on": Column(("Launched", "上市日期"), "date"),
    "min_tier": Column(("Lowest tier", "最低投放档位"), "count"),
    "supervisor_id": Column(("Supervisor", "主管编码"), "text"),
    "hired_on": Column(("Hired", "入职日期"), "date"),
    "left_on": Column(("Left", "离职日期"), "date"),
    "kind": Column(("Kind", "类别"), "text"),
    "value": Column(("Value", "值"), "text"),
    "label": Column(("Label", "名称"), "text"),
    "extract": Column(("Extract", "数据"), "text"),
    "row_count": Column(("Rows", "行数"), "count"),
    "first_date": Column(("First day", "最早日期"), "date"),
    "last_date": Column(("Last day", "最近日期"), "date"),
    "last_year_amount": Column(("Amount last year", "去年同期销售额"), "money"),
    "handlers_amount": Column(("Handlers' amount", "铺货户销售额"), "money"),
    "eligible_amount": Column(("Eligible customers' amount", "可铺货户销售额"), "money"),
    "top_amount": Column(("Amount of the first fifth", "前20%客户销售额"), "money"),
    "total": Column(("Total", "合计"), "money"),
    "returns": Column(("Returns", "退货"), "money"),
    "actual": Column(("Actual", "实际"), "money"),
    "target": Column(("Target", "目标"), "money"),
    "amount_share": Column(("Share of amount", "销售额占比"), "share"),
    "running_share": Column(("Running share", "累计占比"), "share"),
    "customers_share": Column(("Share of customers", "客户占比"), "share"),
    "customers_for_80_share": Column(("Customers for 80 %, share", "80%销售所需客户占比"), "share"),
    "supervisor_call_coverage": Column(("Visited by the supervisor", "主管拜访率"), "share"),
    "own_distribution": Column(("Distribution of any", "整体铺货率"), "share"),
    "trial_rate": Column(("Trial rate", "试购率"), "share"),
    "repeat_of_triers": Column(("Repeat of triers", "试购户复购率"), "share"),
    "average_skus": Column(("Products a handler", "户均品规数"), "rate"),
    "average_minutes": Column(("Minutes a visit", "平均时长（分钟）"), "rate"),
    "delivered": Column(("Delivered", "满足量"), "quantity"),
    "ordered": Column(("Ordered", "需求量"), "quantity"),
    "available": Column(("Stock and purchases", "可售量"), "quantity"),
    "sold": Column(("Sold", "售出量"), "quantity"),
    "customers": Column(("Customers", "客户数"), "count"),
    "top_customers": Column(("Customers in the first fifth", "前20%客户数"), "count"),
    "key_customers": Column(("Key customers", "重点客户数"), "count"),
    "visited": Column(("Visited", "已拜访"), "count"),
    "supervisor_visited": Column(("Visited by the supervisor", "主管已拜访"), "count"),
    "visited_customers": Column(("Customers visited", "拜访客户数"), "count"),
    "joint_visits": Column(("Joint visits", "同访次数"), "count"),
    "planned": Column(("Planned", "计划"), "count"),
    "kept": Column(("Kept", "已完成"), "count"),
    "successes": Column(("Successes", "成功"), "count"),
    "attempts": Column(("Attempts", "推销次数"), "count"),
    "productive": Column(("Followed by an order", "有转化"), "count"),
    "repeaters": Column(("Repeaters", "复购户"), "count"),
    "triers": Column(("Triers", "试购户"), "count"),
    "focus_skus": Column(("Focus products", "重点品规数"), "count"),
    "products": Column(("Products", "品规数"), "count"),
    "on_shelf": Column(("On the shelf", "在柜"), "count"),
    "checked": Column(("Checked", "已核查"), "count"),
    "position": Column(("Rank", "排名"), "count"),
    "launch_week": Column(("Week since launch", "上市周次"), "count"),
    "last_bought": Column(("Last bought", "最近购进"), "date"),
    "last_manager_visit": Column(("Last visit", "客户经理最近拜访"), "date"),
    "last_supervisor_visit": Column(("Supervisor's last visit", "主管最近拜访"), "date"),
    "days_since_manager": Column(("Days since visit", "距上次拜访天数"), "days"),
    "days_since_supervisor": Column(("Days since supervisor", "距主管拜访天数"), "days"),
}

_BOOKS: dict[str, Column] = {
    "version": Column(("Version", "版本"), "text"),
    "size": Column(("MB", "大小（MB）"), "rate"),
    "state": Column(("State", "状态"), "text"),
    "published_at": Column(("Published", "发布时间"), "text"),
    "loaded_at": Column(("Loaded at", "载入时间"), "text"),
    "loaded_by": Column(("By", "操作人"), "text"),
    "file": Column(("File", "文件"), "text"),
    "sha256": Column(("Hash (SHA-256)", "哈希（SHA-256）"), "text"),
    "encoding": Column(("Encoding", "编码"), "text"),
    "read": Column(("Read", "读取"), "count"),
    "loaded": Column(("Loaded", "载入"), "count"),
    "duplicates": Column(("Duplicates", "重复"), "count"),
    "superseded": Column(("Superseded", "被覆盖"), "count"),
    "rejected": Column(("Rejected", "拒绝"), "count"),
    "corrections": Column(("Corrections", "更正"), "count"),
    "furniture": Column(("Titles and totals", "标题与合计行"), "count"),
    "replaced_month": Column(("Replaced month", "重载月份"), "text"),
    "removed": Column(("Made room", "腾出行数"), "count"),
    "seconds": Column(("Seconds", "用时（秒）"), "rate"),
    "before_qty": Column(("Quantity before", "载入前数量"), "quantity"),
    "before_amount": Column(("Amount before", "载入前金额"), "money"),
    "read_qty": Column(("Quantity read", "读取数量"), "quantity"),
    "read_amount": Column(("Amount read", "读取金额"), "money"),
    "loaded_qty": Column(("Quantity loaded", "载入数量"), "quantity"),
    "loaded_amount": Column(("Amount loaded", "载入金额"), "money"),
    "after_qty": Column(("Quantity after", "载入后数量"), "quantity"),
    "after_amount": Column(("Amount after", "载入后金额"), "money"),
    "line": Column(("Line", "行号"), "count"),
    "id": Column(("Code", "编码"), "text"),
    "at_column": Column(("Column", "列"), "text"),
    "reason_en": Column(("Reason", "原因（英文）"), "text"),
    "reason_zh": Column(("Reason (Chinese)", "原因"), "text"),
    "raw": Column(("Row as it came", "原行"), "text"),
    "day": Column(("Day", "日期"), "date"),
    "days_old": Column(("Days old", "距今天数"), "days"),
    "last_sale": Column(("Last sale", "最近销售"), "date"),
    "last_visit": Column(("Last visit", "最近拜访"), "date"),
    "days_since_sale": Column(("Days without a sale", "无销售天数"), "days"),
    "days_since_visit": Column(("Days without a visit", "无拜访天数"), "days"),
}
"""What the page Data shows of loads."""


def column(name: str) -> Column:
    """Title and unit of a column: the figure's own where it is one, else that of the part or dimension."""
    figure = figures().get(name)
    if figure is not None and not figure.is_list:
        return Column(figure.title, figure.unit)
    return _PARTS.get(name) or _BOOKS[name]
