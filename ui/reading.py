"""Reading figures for the screen: the version of this run, cached results, and failures told calmly."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date
from functools import cache, lru_cache

import pandas as pd
import streamlit as st
from streamlit.runtime.scriptrunner import add_script_run_ctx, get_script_run_ctx

import metrics
from metrics import Ranking, Scope
from metrics.ranking import CUSTOMERS_BY_AMOUNT
from ui import address
from ui.disguise import WAYS, Disguise, disguise
from ui.installation import settings
from ui.told import in_words
from ui.words import _, pick
from warehouse.connection import NothingLoaded, is_ready, latest_version, reading_cursor
from warehouse.errors import PinyuError
from warehouse.versions import Version

VERSION_KEY = "version_of_this_run"
PINNED_KEY = "pinned_version"
"""In a session that is to read one version and no newer one: that Version."""
NAMED_KEY = "called_by_name"
Request = metrics.AnyRequest
"""What `read` takes."""
QUANTITIES = "quantities"
"""Named among what figures need like an extract, though a column of the sales: some tables give amounts alone."""
ANY_TIME = Scope(date(1900, 1, 1), date(2999, 12, 31))
_log = logging.getLogger("pinyu")


def begin_run() -> None:
    """Take the current version for this run: a page keeps it to its end, and the next run picks up a newer one."""
    st.session_state[VERSION_KEY] = None
    st.session_state[NAMED_KEY] = ()
    latest = st.session_state.get(PINNED_KEY) or latest_version(settings())
    if not is_ready(latest):
        with st.spinner(_("Summing up {version} by month, once …").format(version=latest.name)):
            reading_cursor(latest, settings())
    st.session_state[VERSION_KEY] = latest


def version() -> Version:
    """The version this run reads; NothingLoaded where nothing was ever loaded."""
    return st.session_state.get(VERSION_KEY) or latest_version(settings())


def version_name() -> str:
    """What the version that this run reads is called; empty where nothing was ever loaded."""
    try:
        return version().name
    except NothingLoaded:
        return ""


def read(
    name: str, scope: Scope, by: str | tuple[str, ...] = (), ranking: Ranking = CUSTOMERS_BY_AMOUNT
) -> pd.DataFrame:
    """The rows of a figure over a scope, cached by version, figure, scope (who asks included), split and ranking.

    Names of people are hidden in them where the screen is set to that. Of sales that give no quantities there are no
    rows of a figure that asks for them: who carries a product cannot be told then.
    """
    rows = _honest_rows(version(), name, scope, (by,) if isinstance(by, str) else by, ranking)
    return without_names(rows, ranked_managers=ranking.ranked == "manager_id")


def without_names(rows: pd.DataFrame, *, ranked_managers: bool = False) -> pd.DataFrame:
    """The same rows with initials or codes for people, where the screen is set to that; for every row that is shown."""
    way = names_way()
    if way == WAYS[0]:
        return rows
    return _disguise(version(), way, tuple(st.session_state.get(NAMED_KEY, ()))).rows(rows, ranked_managers)


def names_way() -> str:
    """How people are called on screen, one of WAYS; a part of the key of whatever keeps rows that name people."""
    way = address.choices().settings.get("names", "")
    return way if way in WAYS else WAYS[0]


def show_name_of(who: str) -> None:
    """Call this one person by name until the page ends: the one whose own sheet it is."""
    st.session_state[NAMED_KEY] = (who,)


def alias(who: str, name: str) -> str:
    """What somebody is called where names are hidden, also on the own sheet: for the names of files."""
    way = names_way()
    return name if way == WAYS[0] else _disguise(version(), way, ()).by_id.get(who, who)


@lru_cache(maxsize=16)
def _disguise(version: Version, way: str, shown: tuple[str, ...]) -> Disguise:
    people = _rows(version, "manager_list", ANY_TIME, ())
    return disguise(dict(zip(people["manager_id"], people["manager_name"], strict=True)), way, shown)


def read_ahead(requests: Iterable[Request]) -> None:
    """Work out side by side what a page is about to read one by one; what is cached costs nothing."""
    current, context = version(), get_script_run_ctx()

    def work_out(bundle: list[Request]) -> None:
        add_script_run_ctx(threading.current_thread(), context)
        made = _made_together(current, bundle) if len(bundle) > 1 else None
        for request in bundle:
            _rows(current, *_whole(request), made)

    with ThreadPoolExecutor(max_workers=settings().threads) as pool:
        list(pool.map(work_out, metrics.bundled(requests)))


def _whole(request: Request) -> tuple[str, Scope, tuple[str, ...], Ranking]:
    """The request with its ranking."""
    return request if len(request) == 4 else (*request, CUSTOMERS_BY_AMOUNT)


def _made_together(version: Version, bundle: list[Request]) -> Callable[[], Mapping[str, pd.DataFrame]]:
    """Gives the rows of all figures of a bundle, worked out when the first of them is found not to be cached."""
    return cache(lambda: metrics.run_bundle(bundle, cursor=reading_cursor(version, settings())))


def read_value(name: str, scope: Scope) -> float | None:
    """A figure as one number, or None where there is no data."""
    return value_in(version(), name, scope)


def value_in(other: Version, name: str, scope: Scope) -> float | None:
    """The same in another version than this run's, which must still be kept."""
    rows = _honest_rows(other, name, scope)
    return None if rows.empty or pd.isna(rows[name].iloc[0]) else float(rows[name].iloc[0])


def _honest_rows(
    of: Version, name: str, scope: Scope, by: tuple[str, ...] = (), ranking: Ranking = CUSTOMERS_BY_AMOUNT
) -> pd.DataFrame:
    """The rows, none where they would be made of quantities that no sale gives: nobody carrying a product is no 0%."""
    rows = _rows(of, name, scope, by, ranking)
    # What is missing is asked last: each page reads dozens of figures.
    asks_for_them = QUANTITIES in metrics.figure(name).needs
    return rows.iloc[:0] if asks_for_them and QUANTITIES in _missing(of, name) else rows


@st.cache_data(show_spinner=False, max_entries=2_000, hash_funcs={Scope: repr, Version: repr, Ranking: repr})
def _rows(
    version: Version,
    name: str,
    scope: Scope,
    by: tuple[str, ...],
    ranking: Ranking = CUSTOMERS_BY_AMOUNT,
    _made: Callable[[], Mapping[str, pd.DataFrame]] | None = None,
) -> pd.DataFrame:
    if _made is not None:
        return _made()[name]
    return metrics.run(name, scope, by, ranking, cursor=reading_cursor(version, settings()))


def last_day_with_data() -> date | None:
    """The newest day of the sales, or of any other extract where there are no sales."""
    return newest_day(extracts())


def newest_day(presence: pd.DataFrame) -> date | None:
    """The same, told by the rows of the figure data_presence."""
    days = presence.loc[presence["extract"] == "sales", "last_date"].dropna()
    if days.empty:
        days = presence.loc[presence["extract"].isin(["visits", "shelf_checks"]), "last_date"].dropna()
    return None if days.empty else pd.Timestamp(days.max()).date()


def first_day_with_sales() -> date | None:
    """The oldest day of the sales; None where there are none."""
    presence = extracts()
    days = presence.loc[presence["extract"] == "sales", "first_date"].dropna()
    return None if days.empty else pd.Timestamp(days.min()).date()


def extracts() -> pd.DataFrame:
    """Rows, first and last day of every extract of this run's version."""
    return read("data_presence", ANY_TIME)


def missing_extracts(name: str) -> list[str]:
    """Extracts that the figure needs and that have no rows."""
    return _missing(version(), name)


def _missing(of: Version, name: str) -> list[str]:
    presence = _rows(of, "data_presence", ANY_TIME, ())
    empty = set(presence.loc[presence["row_count"] == 0, "extract"])
    return [extract for extract in metrics.figure(name).needs if extract in empty]


def no_data_reason(name: str) -> str:
    """Why a figure has no data here, in words: which extract is missing, else what the period or scope lacks."""
    missing = missing_extracts(name)
    if missing:
        return _("Not loaded: {extracts}. With it this would show: {asks}").format(
            extracts=", ".join(extract_title(extract) for extract in missing), asks=pick(metrics.figure(name).asks)
        )
    return pick(metrics.figure(name).empty)


def extract_title(name: str) -> str:
    """An extract's name on screen."""
    titles = {
        "customers": _("customers"),
        "products": _("products"),
        "managers": _("managers"),
        "sales": _("sales"),
        QUANTITIES: _("quantities of the sales"),
        "visits": _("visits"),
        "visit_plan": _("visit plan"),
        "shelf_checks": _("shelf checks"),
        "targets": _("targets"),
        "assignments": _("assignments"),
        "surveys": _("surveys"),
        "coaching": _("coaching"),
        "risk_events": _("risk events"),
        "flat_sales": _("flat sales table"),
    }
    return titles.get(name, name)


def tell(error: PinyuError) -> None:
    """An expected failure in calm words."""
    if isinstance(error, NothingLoaded):
        st.info(_("Nothing has been loaded yet. Load extracts with: `make load FROM=dir`"), icon=":material/inbox:")
    else:
        st.warning(in_words(error.message, error.hint), icon=":material/info:")


@contextmanager
def guarded() -> Iterator[None]:
    """Show an expected error's message and hint; log anything else, so that no traceback reaches the screen."""
    try:
        yield
    except PinyuError as error:
        tell(error)
    except Exception:  # noqa: BLE001 - the last line of defence: no traceback reaches the screen
        _log.exception("A page failed")
        st.error(_("This part could not be drawn. The reason is in the server's log."), icon=":material/report:")
