"""Titles, as (English, Chinese), and units of the columns of the portfolio alone, for metrics.columns."""

PORTFOLIO: dict[str, tuple[tuple[str, str], str]] = {
    "distribution_difference": (("Weighted − numeric", "加权−数值差"), "points"),
    "reach": (("Reach", "铺货面"), "text"),
    "distribution_target": (("Distribution target", "铺货目标"), "share"),
    "targeted_products": (("Products with a target", "有目标的品规"), "text"),
    "class_share": (("Share of its price class", "占同价类"), "share"),
    "trend": (("13 months", "近13个月"), "trend"),
}
