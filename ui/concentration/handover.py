"""Handover: a manager's key customers, who else knows them, the sheet to hand on, and how it went after handovers."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from metrics import Ranking, Scope
from metrics.columns import column
from metrics.concentration.handover import handover_rows, handovers_of, last_visits, requests
from ui import chart
from ui.activity import HANDOVER_SPEAKS_FOR, on_export
from ui.concentration.sheet import Block, sheet_html
from ui.customers import code_words, customer_table
from ui.export import provenance
from ui.names import manager_names, weekday_names
from ui.numbers import NO_DATA, is_missing, written
from ui.page import no_data, section
from ui.reading import missing_extracts, no_data_reason, read, read_ahead
from ui.table import table
from ui.views import one_of
from ui.words import _, language, pick, plain

COLUMNS = (
    "position",
    "customer_name",
    "amount",
    "known_by",
    "open_issues",
    "main_products",
    "usual_weekday",
    "usual_gap",
    "last_order",
    "last_visit",
    "last_note",
    "area",
    "tier",
    "customer_id",
)
CHECK_COLUMNS = (
    "from_name",
    "to_name",
    "handed_on",
    "weeks",
    "customers",
    "amount_before",
    "amount_after",
    "handover_change",
    "visits_before",
    "visits_after",
)


def handover_view(scope: Scope) -> None:
    """Pick a manager; the customers to hand over, or how handovers went."""
    managers = read("manager_list", scope)
    names = manager_names(scope)
    offered = [code for code in read("ranking", scope, (), Ranking("manager_id"))["ranked_id"] if code in names]
    offered += [code for code in managers["manager_id"] if code not in offered]
    if not offered:
        no_data(no_data_reason("manager_list"))
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        parts = {"sheet": _("What to hand over"), "check": _("After the handover")}
        part = one_of("part", parts, label=_("Part"))
        manager = st.selectbox(
            _("Manager"),
            offered,
            format_func=lambda code: names[code],
            label_visibility="collapsed",
            width=260,
            key="handing_over",
        )
    if part == "sheet":
        _sheet(scope, manager, names[manager])
    else:
        _check(scope, manager, names[manager])


def _sheet(scope: Scope, manager: str, name: str) -> None:
    own = scope.narrow(manager=manager)
    read_ahead(requests(scope, manager))
    rows = handover_rows(scope, manager, read=read)
    if rows.empty:
        no_data(_("{manager} has no key customers on the last day of the period.").format(manager=plain(name)))
        return
    has_visits = not missing_extracts("acquaintances")
    section(_what_hangs_on(name, rows, has_visits=has_visits))
    shown = rows.assign(
        known_by=[_known(known) if has_visits else NO_DATA for known in rows["acquainted"]],
        open_issues=[" · ".join(_issues(row)) or NO_DATA for row in rows.to_dict("records")],
        usual_weekday=[_weekday(day) for day in rows["usual_weekday"]],
    )
    customer_table(shown, COLUMNS, scope=own, key="handover", rows_shown=9)
    printed, keep_export = _printed(shown, scope, manager, name), on_export([manager], HANDOVER_SPEAKS_FOR, scope)

    def sheet() -> bytes:
        keep_export()
        return printed

    st.download_button(
        _("Handover sheet to print"),
        sheet,
        file_name=f"pinyu-handover-{manager}-{scope.to_date}.html",
        mime="text/html",
        icon=":material/print:",
        on_click="ignore",
        key="handover_sheet",
    )
    if not has_visits:
        st.caption(no_data_reason("acquaintances"))
        return
    st.caption(
        _(
            "Also known by: others of the team, and the supervisor, who were there in the twelve months, alone or "
            "joint, with their visits."
        )
    )


def _what_hangs_on(name: str, rows: pd.DataFrame, *, has_visits: bool) -> str:
    """What a manager's key customers are worth, and how many of them nobody else knows, where visits tell."""
    told = {
        "count": f"{len(rows):,}",
        "amount": written(rows["amount"].sum(), "money", language()),
        "manager": plain(name),
    }
    if not has_visits:
        return _("{count} key customers worth {amount} a year hang on {manager}").format(**told)
    alone = sum(not known for known in rows["acquainted"])
    return _(
        "{count} key customers worth {amount} a year hang on {manager}; nobody else in the team knows {alone} of them"
    ).format(**told, alone=f"{alone:,}")


def _check(scope: Scope, manager: str, name: str) -> None:
    # Whoever gave them away has them no longer: a scope of managers or teams would hide the handover.
    checks = read("handover_check", scope.narrow(manager=(), team=()))
    if checks.empty:
        no_data(no_data_reason("handover_check"))
        return
    own = handovers_of(checks, manager)
    if own.empty:
        st.caption(
            _("{manager} neither gave nor took key customers in twelve months; all handovers are shown.").format(
                manager=plain(name)
            )
        )
        own = checks
    latest = own[(own["handed_on"] == own["handed_on"].iloc[0]) & (own["from_manager"] == own["from_manager"].iloc[0])]
    latest = latest[latest["to_manager"] == latest["to_manager"].iloc[0]]
    left, right = st.columns(2)
    title = _("{giver} → {taker}, {day}").format(
        giver=plain(latest["from_name"].iloc[0]),
        taker=plain(latest["to_name"].iloc[0]),
        day=written(latest["handed_on"].iloc[0], "date", language()),
    )
    for place, what, unit, question in (
        (left, "amount", "money", _("did the sales hold?")),
        (right, "visits", "count", _("were they visited?")),
    ):
        with place:
            chart.line(
                _before_and_after(latest, what),
                x="weeks",
                y=what,
                unit=unit,
                colour="when",
                title=f"{title}: {question}",
                key=f"handover-{what}",
                from_zero=True,
                height=260,
            )
    section(_("Did sales and visits hold after each handover?"))
    table(own, CHECK_COLUMNS, scope=scope, key="handover-check", rows_shown=9)
    st.caption(
        _(
            "Key customers handed over within twelve months; as many weeks before the day as from it on. "
            "Weeks that have not passed yet have no after."
        )
    )


def _before_and_after(rows: pd.DataFrame, what: str) -> pd.DataFrame:
    """Rows of weeks, before or after, and the value; weeks that have not passed are left out."""
    weeks = [_("{count} weeks").format(count=count) for count in rows["weeks"]]
    parts = [
        pd.DataFrame({"weeks": weeks, "when": words, what: rows[f"{what}_{when}"].astype(float)})
        for when, words in (("before", _("Before that day")), ("after", _("From that day on")))
    ]
    return pd.concat(parts).dropna()


def _known(known: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{name} {visits}" for name, visits in known) or _("nobody")


def _weekday(day: Any) -> str:
    return NO_DATA if is_missing(day) else weekday_names()[int(day) - 1]


def _issues(row: dict[Any, Any]) -> list[str]:
    """What is open at a customer, in words."""
    issues = []
    if not is_missing(row["orders_missed"]) and row["orders_missed"] >= 1:
        missed = int(row["orders_missed"])
        issues.append(_("1 order missed") if missed == 1 else _("{count} orders missed").format(count=missed))
    if not is_missing(row["undelivered"]) and row["undelivered"] > 0:
        issues.append(
            _("{qty} cartons ordered and not delivered").format(qty=written(row["undelivered"], "quantity", language()))
        )
    if not is_missing(row["risk_events"]) and row["risk_events"] > 0:
        issues.append(_("{count} risk events").format(count=int(row["risk_events"])))
    if row["last_outcome"] == "fail":
        issues.append(_("last visit without success"))
    return issues


def _printed(rows: pd.DataFrame, scope: Scope, manager: str, name: str) -> bytes:
    """The sheet, made in this run: later there is no session to tell the language."""
    visits = last_visits(scope, manager, read=read)
    title = _("Handover of {manager}'s key customers").format(manager=name)
    lead = _("{count} key customers; amounts are of the twelve months up to {day}.").format(
        count=len(rows), day=written(scope.to_date, "date", language())
    )
    blocks = [_block(row, visits.get(str(row["customer_id"]), [])) for row in rows.to_dict("records")]
    return sheet_html(
        title,
        lead,
        blocks,
        language=language(),
        signatures=(_("Handed over by"), _("Taken over by"), _("Day")),
        notes=provenance(scope.narrow(manager=manager)),
    )


def _block(row: dict[Any, Any], visits: Sequence[dict[Any, Any]]) -> Block:
    units = {name: column(name).unit for name in ("amount", "last_order")}
    gap = NO_DATA if is_missing(row["usual_gap"]) else f"{row['usual_gap']:g}"
    words = {name: written(row[name], unit, language()) for name, unit in units.items()}
    facts: list[tuple[str, str | Sequence[str]]] = [
        (_("Where"), _text(row["area"])),
        (_("Size"), _("{amount}, rank {position}").format(amount=words["amount"], position=int(row["position"]))),
        (pick(column("main_products").title), _text(row["main_products"])),
        (_("Orders"), _("usually {weekday}, every {gap} days; last on {day}").format(
            weekday=row["usual_weekday"], gap=gap, day=words["last_order"]
        )),
        (pick(column("known_by").title), row["known_by"]),
        (pick(column("open_issues").title), row["open_issues"]),
        (_("Last visits"), [_visit(visit) for visit in visits] or NO_DATA),
        (_("Agreed"), " "),
    ]  # fmt: skip
    return Block(f"{row['customer_name']} · {row['customer_id']}", facts)


def _visit(visit: dict[Any, Any]) -> str:
    parts = (
        written(visit["visit_date"], "date", language()),
        visit["manager_name"],
        visit["purpose"],
        code_words().get(str(visit["outcome"]), visit["outcome"]),
        visit["note"],
    )
    return " · ".join(str(part) for part in parts if not is_missing(part))


def _text(value: object) -> str:
    return NO_DATA if is_missing(value) else str(value)
