"""What needs attention: rules on frames made by hand, and sentences that say just their figures."""

import re
from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest

from metrics import Scope
from metrics.attention import MOST_FINDINGS, READS, Finding, what_needs_attention
from ui.attention import sentence
from ui.numbers import written

SCOPE = Scope(date(2026, 10, 1), date(2026, 10, 31))
Frames = dict[tuple[str, str], pd.DataFrame]


def reader(frames: Frames) -> Callable[[str, Scope, tuple[str, ...]], pd.DataFrame]:
    """A reading of figures from frames by (figure, 'now' | 'before' | 'year'); what is not there is empty."""
    empty = {
        "target_attainment": ["manager_id", "target_attainment", "target", "actual"],
        "growth": ["area", "growth", "amount", "last_year_amount"],
        "product_list": ["sku_id", "focus", "launched_on"],
        "numeric_distribution": ["sku_id", "numeric_distribution", "handlers"],
        "strike_rate": ["manager_id", "strike_rate", "attempts", "successes"],
        "visits": ["visits"],
        "key_customers": ["customer_id", "days_since_supervisor", "amount"],
        "top20_share": ["top20_share"],
        "plan_compliance": ["manager_id", "plan_compliance", "planned", "kept"],
        "launch_curve": ["sku_id", "launch_week", "triers", "repeat_of_triers"],
    }

    def read(name: str, scope: Scope, by: tuple[str, ...]) -> pd.DataFrame:
        when = {SCOPE.from_date: "now", SCOPE.last_year().from_date: "year"}.get(scope.from_date, "before")
        return frames.get((name, when), pd.DataFrame(columns=empty[name]))

    return read


FRAMES: Frames = {
    ("target_attainment", "now"): pd.DataFrame(
        {"manager_id": ["M1", "M2"], "target_attainment": [0.8, 1.1], "target": [100, 100], "actual": [80, 110]}
    ),
    ("growth", "now"): pd.DataFrame(
        {"area": ["north", "unknown"], "growth": [-0.25, -0.9], "amount": [75, 1], "last_year_amount": [100, 10]}
    ),
    ("product_list", "now"): pd.DataFrame(
        {"sku_id": ["S1", "S2"], "focus": [True, False], "launched_on": [pd.Timestamp("2026-02-01"), None]}
    ),
    ("numeric_distribution", "now"): pd.DataFrame({"sku_id": ["S1"], "numeric_distribution": [0.3], "handlers": [30]}),
    ("numeric_distribution", "before"): pd.DataFrame(
        {"sku_id": ["S1"], "numeric_distribution": [0.4], "handlers": [40]}
    ),
    ("strike_rate", "now"): pd.DataFrame(
        {"manager_id": ["M1", "M2"], "strike_rate": [0.25, 0.0], "attempts": [20, 2], "successes": [5, 0]}
    ),
    ("visits", "now"): pd.DataFrame({"visits": [10]}),
    ("key_customers", "now"): pd.DataFrame(
        {"customer_id": ["A", "B", "C"], "days_since_supervisor": [91, 90, None], "amount": [5.0, 3.0, 2.0]}
    ),
    ("top20_share", "now"): pd.DataFrame({"top20_share": [0.75]}),
    ("top20_share", "year"): pd.DataFrame({"top20_share": [0.70]}),
    ("plan_compliance", "now"): pd.DataFrame(
        {"manager_id": ["M1"], "plan_compliance": [0.5], "planned": [20], "kept": [10]}
    ),
    ("launch_curve", "now"): pd.DataFrame(
        {"sku_id": ["S1", "S1"], "launch_week": [29, 30], "triers": [49, 50], "repeat_of_triers": [0.9, 0.1]}
    ),
}
EXPECTED = {
    "below_target": {"manager": "M1", "attainment": 0.8, "gap": 20, "below": 1, "managers": 2},
    "area_falling": {"area": "north", "growth": -0.25, "lost": 25},
    "focus_product_losing": {"sku": "S1", "now": 0.3, "before": 0.4, "handlers_lost": 10},
    "strike_rate_low": {"manager": "M1", "rate": 0.25, "successes": 5, "attempts": 20, "reference": 0.5, "below": 1},
    "key_customers_unseen": {"unseen": 2, "customers": 3, "amount": 7.0, "days": 90},
    "concentration_rising": {"now": 0.75, "before": 0.70},
    "plan_not_kept": {"manager": "M1", "rate": 0.5, "missed": 10, "planned": 20},
    "launch_not_repeating": {"sku": "S1", "triers": 50, "repeat": 0.1, "week": 30},
}
NEEDED = {
    "below_target": ["target_attainment"],
    "area_falling": ["growth"],
    "focus_product_losing": ["product_list", "numeric_distribution"],
    "strike_rate_low": ["strike_rate"],
    "key_customers_unseen": ["visits", "key_customers"],
    "concentration_rising": ["top20_share"],
    "plan_not_kept": ["plan_compliance"],
    "launch_not_repeating": ["product_list", "launch_curve"],
}


def alone(rule: str) -> list[Finding]:
    """What is found when only the figures that a rule reads are there."""
    frames = {key: frame for key, frame in FRAMES.items() if key[0] in NEEDED[rule]}
    return what_needs_attention(SCOPE, read=reader(frames))


@pytest.mark.parametrize("rule", EXPECTED)
def test_a_rule_finds_the_worst_and_tells_its_figures(rule: str) -> None:
    (finding,) = alone(rule)
    assert finding.rule == rule
    assert dict(finding.values) == pytest.approx(EXPECTED[rule])
    assert 0 < finding.weight <= 1


def test_a_launch_is_told_by_its_last_whole_week_and_only_of_enough_triers() -> None:
    """On sale from 2 March to 31 October are 244 days, 34 weeks and 6 days: week 35 has only begun."""
    launched = FRAMES["product_list", "now"].assign(launched_on=[pd.Timestamp("2026-03-02"), None])
    rows = {"sku_id": ["S1"] * 2, "launch_week": [34, 35], "repeat_of_triers": [0.1, 0.9]}
    for triers, weeks in ((20, [34]), (19, [])):
        frames: Frames = {
            ("product_list", "now"): launched,
            ("launch_curve", "now"): pd.DataFrame(rows | {"triers": [triers, triers + 1]}),
        }
        found = what_needs_attention(SCOPE, read=reader(frames))
        assert [finding.values["week"] for finding in found] == weeks


def test_without_data_every_rule_is_silent() -> None:
    assert what_needs_attention(SCOPE, read=reader({})) == []


def test_what_is_read_ahead_is_what_the_rules_read() -> None:
    asked: list[tuple[str, tuple[str, ...]]] = []
    plain = reader(FRAMES)

    def read(name: str, scope: Scope, by: tuple[str, ...]) -> pd.DataFrame:
        if scope == SCOPE:
            asked.append((name, by))
        return plain(name, scope, by)

    what_needs_attention(SCOPE, read=read)
    assert set(READS) <= set(asked)


def test_at_most_seven_are_told_the_weightiest_first() -> None:
    findings = what_needs_attention(SCOPE, read=reader(FRAMES))
    assert len(findings) == MOST_FINDINGS < len(EXPECTED)
    weights = [finding.weight for finding in findings]
    assert weights == sorted(weights, reverse=True)


@pytest.mark.parametrize("rule", EXPECTED)
def test_every_number_in_a_sentence_is_one_of_the_findings_figures(rule: str) -> None:
    (finding,) = alone(rule)
    text = sentence(finding, {})
    told = {
        written(value, unit, "en")
        for value in finding.values.values()
        if not isinstance(value, str)
        for unit in ("share", "change", "money", "count")
    }
    numbers = list(re.findall(r"[+-]?\d[\d.,]*%?", re.sub(r"\*\*.*?\*\*", "", text)))
    assert numbers
    assert {number.rstrip(".,") for number in numbers} <= told
