"""Small multiples: the curve of every area, team or manager side by side, and who depends on three."""

import streamlit as st

from metrics import Scope
from metrics.concentration.multiples import FEWEST_RANKED, multiples
from metrics.scope import UNKNOWN
from ui.concentration.choices import first_fifth_title, ranked_titles, ranking_choice
from ui.concentration.curves import small_lorenz
from ui.names import dimension_title, manager_names, named
from ui.numbers import written
from ui.page import no_data, section
from ui.reading import no_data_reason, read
from ui.table import table
from ui.views import one_of
from ui.words import _, language

SPLITS = ("area", "team", "manager_id")
COLUMNS = ("ranked_count", "total", "top3_share", "top20_share", "needed_for_80", "gini", "hhi", "top1_share")


def multiples_view(scope: Scope) -> None:
    """A small Lorenz curve for each group, those that hang most on their first three first; the table has all."""
    with st.container(horizontal=True):
        ranking = ranking_choice()
        splits = {name: dimension_title(name) for name in SPLITS if name != ranking.ranked}
        split = one_of("split", splits, label=_("By"))
    found = multiples(scope, split, ranking, read=read)
    if found.groups.empty:
        no_data(no_data_reason("gross_margin" if ranking.measure == "gross_margin" else "ranking"))
        return
    names = {UNKNOWN: _("unknown")} | (manager_names(scope) if split == "manager_id" else {})
    groups = named(found.groups, split, names)
    shares = dict(zip(found.groups[split], found.groups["top3_share"], strict=True))
    if found.curves:
        small_lorenz(
            [
                (f"{names.get(name, name)}  {written(shares[name], 'share', language())}", curve)
                for name, curve in found.curves
            ],
            title=_("{group} hangs most on its first three {ranked}: {share}").format(
                group=groups[split].iloc[0],
                ranked=ranked_titles()[ranking.ranked].lower(),
                share=written(shares[found.curves[0][0]], "share", language()),
            ),
            key="small-lorenz",
        )
        st.caption(
            _("Beside each name: the share of its first three. Drawn are the {most} that hang most on them.").format(
                most=len(found.curves)
            )
        )
    else:
        st.caption(
            _("No group ranks {fewest} or more, so that the first three say nothing.").format(fewest=FEWEST_RANKED)
        )
    section(_("Who depends on the first three?"))
    table(
        groups,
        (split, *COLUMNS),
        scope=scope,
        key="multiples",
        titles={split: splits[split], "top20_share": first_fifth_title(ranking)},
        rows_shown=12,
    )
