"""What changed, and why: a waterfall of who made it, the same in sentences, and all of them in a table."""

from decimal import Decimal
from textwrap import wrap

import pandas as pd
import streamlit as st

from metrics import Scope
from metrics.changed.contributions import LEVELS, Change, Level, contributions, upper_requests
from metrics.changed.periods import compared_periods, is_within_a_week
from metrics.scope import UNKNOWN
from ui.blocks import Block
from ui.changed import words
from ui.changed.last_meeting import restated_since_last_meeting
from ui.chart import safe
from ui.names import manager_names, names_of
from ui.numbers import written, written_steps
from ui.page import no_data, section
from ui.reading import first_day_with_sales, no_data_reason, read, read_ahead
from ui.recording import record
from ui.scope_bar import condition_title
from ui.table import table
from ui.views import one_of
from ui.waterfall import Step, waterfall
from ui.words import _, language, plain, without_markdown

COLUMNS = ("label", "amount_before", "amount", "change", "amount_share")
LATIN_LINE, CHINESE_LINE = 8, 4
"""Letters that stand beside one another below a step."""
MOST_NAMED = 500


def changed_view(scope: Scope) -> None:
    """The change against the period chosen, at the level chosen; says which days are compared."""
    periods = compared_periods(scope)
    with st.container(horizontal=True):
        titles = _period_titles(scope)
        versus = one_of("versus", {code: titles[code] for code in periods}, label=_("Against"))
        level_name = one_of("level", {name: condition_title(name) for name in LEVELS}, label=_("Level"))
    now, earlier = periods[versus]
    first_day = first_day_with_sales()
    if first_day is not None and earlier.to_date < first_day:
        told = _("Sales begin on {day}: there is nothing these days could be held against.")
        _sentences([told.format(day=written(first_day, "date", language()))], [])
        return
    read_ahead(upper_requests(now, earlier))
    found = contributions(now, earlier, read=read)
    if not found.levels:
        no_data(no_data_reason("amount"))
        return
    level, names = found.level(level_name), _Names(found)
    left, right = st.columns([58, 42], gap="medium")
    with left:
        _bridge(level, names, _("A week earlier") if versus == "week" else titles[versus])
    with right:
        _sentences([words.headline(found)], words.level_sentences(found, names))
    _members(level, found, names)


class _Names:
    """What areas, teams, managers, customers and products are called, people in the way that the screen is set to."""

    def __init__(self, found: Change) -> None:
        customers = tuple(member.code for member in found.level("customer").members)
        # By now they may be anybody's. Of so many it costs less to read all than to look each up.
        named = customers if len(customers) <= MOST_NAMED else ()
        listed = read("customer_list", found.scope.narrow(area=(), team=(), manager=(), customer=named))
        self._names = {
            "manager": manager_names(found.scope.narrow(team=(), manager=())),
            "customer": names_of("customer", listed),
            "sku": names_of("sku", read("product_list", found.scope)),
        }

    def __call__(self, level: str, code: str) -> str:
        return _("unknown") if code == UNKNOWN else self._names.get(level, {}).get(code, code)


def _period_titles(scope: Scope) -> dict[str, str]:
    return {
        "previous": _("A week earlier") if is_within_a_week(scope) else _("Just before"),
        "week": _("Week on week"),
        "month": _("A month earlier"),
        "last_year": _("A year earlier"),
    }


def _bridge(level: Level, names: _Names, before: str) -> None:
    """From the amount before to the amount now, by the few that moved most and all others."""
    few, others = level.few()
    changes = [member.change for member in few]
    titles = [names(level.name, member.code) for member in few]
    if any(member.change for member in others):
        changes.append(sum((member.change for member in others), Decimal(0)))
        titles.append(_("{count} others").format(count=f"{len(others):,}"))
    start, *texts, end = written_steps(level.before, changes, language())
    first, *between, last = _on_the_axis([before, *titles, _("Now")])
    parts = zip(between, changes, texts, strict=True)
    waterfall(
        [
            Step(first, float(level.before), start, is_total=True),
            *(Step(title, float(value), text) for title, value, text in parts),
            Step(last, float(level.now), end, is_total=True),
        ],
        title=_title(level, names),
        key="changed-waterfall",
        height=310,
    )


def _on_the_axis(titles: list[str]) -> list[str]:
    """Titles in two short lines at most, of which no two are the same, or an axis would draw them as one."""
    shown: list[str] = []
    for title in titles:
        width = LATIN_LINE if title.isascii() else CHINESE_LINE
        lines = wrap(title, width)
        if len(lines) > 2:
            lines = [lines[0], f"{lines[1][: width - 1]}…"]
        text = "<br>".join(map(safe, lines))
        shown.append(text + "\u200b" * [one.rstrip("\u200b") for one in shown].count(text))
    return shown


def _title(level: Level, names: _Names) -> str:
    facts = {"level": condition_title(level.name).lower(), "moved": words.signed(level.change)}
    if not level.within:
        return _("{moved} by {level}: who made it?").format(**facts)
    branch = " · ".join(names(above, code) for above, code in [*level.within.items()][-2:])
    return _("{branch}: {moved} by {level}").format(branch=plain(branch), **facts)


def _sentences(first: list[str], reasons: list[str]) -> None:
    title = _("What changed, and why?")
    section(title, pin="changed-sentences")
    since = restated_since_last_meeting()
    # Before the reasons: it qualifies the amount just told, and what stands last comes onto another slide.
    restated = [words.restated_sentence(*since)] if since is not None else []
    spoken = [*first, *restated, *reasons]
    record(Block("changed-sentences", "sentences", title, sentences=tuple(map(without_markdown, spoken))))
    st.markdown("\n\n".join(spoken))


def _members(level: Level, found: Change, names: _Names) -> None:
    rows = pd.DataFrame(
        {
            "label": [names(level.name, member.code) for member in level.members],
            "amount_before": [float(member.before) for member in level.members],
            "amount": [float(member.now) for member in level.members],
            "change": [float(member.change) for member in level.members],
            "amount_share": [words.share_of(member.change, found.moved) for member in level.members],
        }
    )
    titles = {"label": condition_title(level.name), "amount_share": _("Share of the change")}
    table(rows, COLUMNS, scope=found.scope, key="changed-table", titles=titles, rows_shown=7)
