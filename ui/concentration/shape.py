"""The shape: how few carry how much, whether that moved by more than chance, and where it is heading."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from metrics import Ranking, Scope
from metrics.columns import column
from metrics.concentration.shape import MEASURES, Shape, first_fifth, first_fifth_point, lorenz, requests, shape
from ui import chart
from ui.concentration.choices import first_fifth_title, measure_titles, measure_unit, ranked_titles, ranking_choice
from ui.concentration.curves import lorenz as lorenz_chart
from ui.concentration.curves import pareto
from ui.numbers import NO_DATA, change, written, written_change
from ui.page import no_data, section
from ui.reading import no_data_reason, read, read_ahead
from ui.table import table
from ui.views import chosen, one_of
from ui.words import _, language, pick

COLUMNS = (
    "measure_name",
    "now_written",
    "interval_written",
    "previous_written",
    "last_year_written",
    "change_written",
    "verdict",
)


def shape_view(scope: Scope) -> None:
    """Lorenz and Pareto, the measures with their intervals, and their trend."""
    with st.container(horizontal=True):
        ranking = ranking_choice()
    drawn = chosen("part", MEASURES)
    read_ahead(requests(scope, ranking, drawn))
    found = shape(scope, ranking, read=read, measure=drawn)
    if not found.now:
        no_data(no_data_reason("gross_margin" if ranking.measure == "gross_margin" else "ranking"))
        return
    if len(found.ranking) == 1:
        no_data(_("One alone has no concentration: a curve needs two or more to compare."))
        return
    ranked, measure = ranked_titles()[ranking.ranked], measure_titles()[ranking.measure]
    share = written(found.now["top20_share"], "share", language())
    count, few = len(found.ranking), first_fifth(len(found.ranking))
    left, right = st.columns(2)
    with left:
        lorenz_chart(
            lorenz(found.ranking),
            title=_("{ranked}: the largest {few} of {all} ({part}) make {share} of the whole").format(
                ranked=ranked,
                few=f"{few:,}",
                all=f"{count:,}",
                part=written(few / count, "share", language()),
                share=share,
            ),
            labels=(_("{ranked}, smallest first").format(ranked=ranked), _("Running share")),
            mark=_("The first {few} of {all}: {share}").format(few=f"{few:,}", all=f"{count:,}", share=share),
            point=first_fifth_point(count, found.now["top20_share"]),
            key="lorenz",
        )
    with right:
        pareto(
            found.ranking,
            title=_("{few} of {all} make 80% of it").format(few=f"{found.now['needed_for_80']:,.0f}", all=f"{count:,}"),
            names=(measure, _("Running share")),
            unit=measure_unit(ranking),
            key="pareto",
        )
    _priced(scope, ranking)
    section(_("Is it more concentrated than last year, or is that chance?"))
    table(_measure_rows(found, ranking), COLUMNS, scope=scope, key="concentration", rows_shown=len(MEASURES))
    st.caption(
        _(
            "95% interval: what {count} resamples of the same number give. A change that chance explains is no news. "
            "The first 1, 3, 10 and 100 have no interval: resampling tells nothing about extremes."
        ).format(count=200)
    )
    if not found.has_same_fifth:
        st.caption(
            _(
                "The first fifth, rounded up, is {few} of {all} now and was {few_before} of {all_before} a year "
                "before: not the same part, so that its change says little and is not judged."
            ).format(
                few=f"{first_fifth(count):,}",
                all=f"{count:,}",
                few_before=f"{first_fifth(found.count_before):,}",
                all_before=f"{found.count_before:,}",
            )
        )
    _trend(found, ranking)


def _measure_rows(found: Shape, ranking: Ranking) -> pd.DataFrame:
    """One row a measure: now, the interval, before, a year ago, the change, and whether it is news."""
    return pd.DataFrame([_measure_row(name, found, ranking) for name in MEASURES], columns=list(COLUMNS))


def _title(name: str, ranking: Ranking) -> str:
    return first_fifth_title(ranking) if name == "top20_share" else pick(column(name).title)


def _measure_row(name: str, found: Shape, ranking: Ranking) -> dict[str, str]:
    unit = column(name).unit
    now, year_before = found.now.get(name), found.last_year.get(name)
    return {
        "measure_name": _title(name, ranking),
        "now_written": written(now, unit, language()),
        "interval_written": _interval(found.intervals, name, unit),
        "previous_written": written(found.previous.get(name), unit, language()),
        "last_year_written": written(year_before, unit, language()),
        "change_written": written_change(change(now, year_before, unit), unit),
        "verdict": {True: _("yes"), False: _("no")}.get(found.news.get(name), NO_DATA),  # type: ignore[arg-type]
    }


def _interval(intervals: Mapping[str, tuple[float, float]], name: str, unit: str) -> str:
    if name not in intervals:
        return NO_DATA
    low, high = intervals[name]
    return f"{written(low, unit, language())} – {written(high, unit, language())}"


def _priced(scope: Scope, ranking: Ranking) -> None:
    """What gross margin is, and how much of the amount it can be told of."""
    if ranking.measure == "gross_margin":
        priced = read("gross_margin", scope)["priced_share"].iloc[0]
        st.caption(
            _(
                "Gross margin: (suggested retail price − list price) × quantity, at the products' present prices. "
                "{share} of the amount has both prices."
            ).format(share=written(priced, "share", language()))
        )


def _trend(found: Shape, ranking: Ranking) -> None:
    """One measure by month."""
    if len(found.months) < 2:
        return
    name = one_of("part", {name: _title(name, ranking) for name in MEASURES}, label=_("Figure"))
    chart.line(
        found.months,
        x="month",
        y=name,
        unit=column(name).unit,
        title=_("{figure} by month: is it rising?").format(figure=_trend_title(name, ranking)),
        key="concentration-trend",
        height=300,
    )


def _trend_title(name: str, ranking: Ranking) -> str:
    """The figure, and of what."""
    title = _title(name, ranking)
    return title if name == "top20_share" else f"{ranked_titles()[ranking.ranked]} · {title}"
