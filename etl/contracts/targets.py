"""Targets 目标: what a manager is to reach in a month."""

from etl.contract import Column, Extract, Id, Measure, Month, choice
from etl.contracts.aliases import MANAGER_ID, SKU_ID

MEASURE = choice(
    {
        "amount": ("金额", "销售额", "销售金额", "sales"),
        "qty": ("数量", "销量", "quantity"),
        "visits": ("拜访", "拜访次数", "拜访量", "calls"),
        "numeric_distribution": ("铺货率", "distribution"),
    }
)

TARGETS = Extract(
    name="targets",
    name_zh="目标",
    description="Monthly targets, one row a manager, month and measure. Those of a boss stand beside their people's.",
    keys=(("month", "manager_id", "measure", "sku_id"), ("month", "manager_id", "measure")),
    sort=("month",),
    file_words=("目标", "指标", "任务", "target", "quotas"),
    columns=(
        Column("month", Month, "Month, as YYYY-MM.", required=True, aliases=("月份", "年月", "月", "period")),
        Column("manager_id", Id, "Whose target it is.", required=True, aliases=MANAGER_ID, references="managers"),
        Column(
            "measure",
            MEASURE,
            "What is measured: amount, qty, visits or numeric_distribution.",
            required=True,
            aliases=("指标", "目标类型", "kpi", "target type"),
        ),
        Column("sku_id", Id, "Product, for distribution only.", aliases=SKU_ID, references="products"),
        Column("value", Measure, "The target itself.", required=True, aliases=("目标值", "目标", "任务量", "target")),
    ),
)
