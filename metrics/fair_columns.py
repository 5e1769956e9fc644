"""Titles, as (English, Chinese), and units of the columns of the fair comparison and the nominations."""

FAIR: dict[str, tuple[tuple[str, str], str]] = {
    "size_band": (("Size", "规模"), "text"),
    "observed_written": (("Raw", "原始值"), "text"),
    "expected_written": (("Expected", "应有值"), "text"),
    "difference_written": (("Raw − expected", "原始 − 应有"), "text"),
    "expected_ratio": (("Raw ÷ expected", "原始 ÷ 应有"), "rate"),
    "shrunk_written": (("Likely to last", "去除偶然后"), "text"),
    "dot_written": (("Dot in the funnel", "图中位置"), "text"),
    "observations": (("Counted", "样本数"), "count"),
    "looks": (("Counts for", "折合样本数"), "count"),
    "top_third": (("In the top third", "进前三分之一的可能"), "share"),
    "rank_interval": (("Rank, 95%", "名次（95%）"), "text"),
    "no_peers": (("Nobody else has", "无可比对象"), "text"),
    "standing": (("Standing", "结论"), "text"),
    "service_written": (("Years of service", "工龄"), "text"),
    "top_third_written": (("In the top third", "进前三分之一"), "text"),
    "strike_written": (("Strike rate", "拜访成功率"), "text"),
    "satisfaction_written": (("Retailers' satisfaction", "零售户满意度"), "text"),
    "missing_written": (("What is missing", "还差什么"), "text"),
}
"""What metrics.columns joins to its own."""
