"""The 135 month: three focuses by five steps, and what the data says was done in each cell, manager by manager."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from metrics.counting_order import in_counting_order
from metrics.managers import month_measures
from metrics.managers.looking_after import looking_after
from metrics.managers.month_measures import EVERYBODY, Measure, Month, measured
from metrics.managers.weakest import OF_VISITS, risen
from metrics.scope import Scope, end_of_month
from metrics.scorecard import Read, Request
from warehouse.activity import FOCUSES, Recorded
from warehouse.launch_plans import LaunchPlan
from warehouse.settings import Settings

STEPS = ("analyse", "plan", "implement", "evaluate", "improve")
DONE, PARTLY, NOT, NO_DATA = "done", "partly", "not", "no_data"
STATES = (DONE, PARTLY, NOT, NO_DATA)
"""From the best to none."""
FROM_A_FEW_ON = (*OF_VISITS, "satisfaction_retailer")


@dataclass(frozen=True)
class Part:
    """One figure of a cell: `value` = `count` ÷ `base`, done from `least` on. No data: `why` says the reason.

    Reasons: nothing_recorded (by anybody), none_of_its_own (of what is divided by), too_few, month_not_over,
    not_recorded_then, no_focus_product, nothing_to_compare. Of `improve`, `before` is last month's value and
    `reference` what that was held against.
    """

    name: str
    state: str
    value: float | None = None
    count: float | None = None
    base: float | None = None
    least: float | None = None
    why: str = ""
    before: float | None = None
    reference: float | None = None


@dataclass(frozen=True)
class Cell:
    """A focus and step of one manager: done where all its parts with data are, not where none is, else partly."""

    manager_id: str
    focus: str
    step: str
    parts: tuple[Part, ...]

    @property
    def state(self) -> str:
        """One of STATES."""
        states = {part.state for part in self.parts} - {NO_DATA}
        if not states:
            return NO_DATA
        return next(iter(states)) if len(states) == 1 else PARTLY


@dataclass(frozen=True)
class FiveSteps:
    """A month: `managers` by team, with columns manager_id and team; `cells` in the same order, fifteen a manager;
    `places` as of `month_measures.Month`."""

    month: Scope
    managers: pd.DataFrame
    cells: tuple[Cell, ...]
    places: pd.DataFrame

    def in_order_of(self, names: Mapping[str, str]) -> "FiveSteps":
        """The same, the managers of each team by what they are called."""
        called = self.managers.assign(called=[names.get(each, each) for each in self.managers["manager_id"]])
        managers = in_counting_order(called, ["team", "called", "manager_id"])[["manager_id", "team"]]
        places = {manager: place for place, manager in enumerate(managers["manager_id"])}
        cells = sorted(self.cells, key=lambda cell: places[cell.manager_id])
        return replace(self, managers=managers, cells=tuple(cells))

    def of(self, manager_id: str) -> dict[tuple[str, str], Cell]:
        """One manager's cells by focus and step."""
        return {(cell.focus, cell.step): cell for cell in self.cells if cell.manager_id == manager_id}


@dataclass(frozen=True)
class _Known:
    """What all managers' cells are made from."""

    before: Month
    now: Month
    references: Mapping[str, str]
    recorded: Recorded | None
    focus_skus: frozenset[str]
    plans: Sequence[LaunchPlan]
    amount_targets: frozenset[str]
    focus_targets: Mapping[str, frozenset[str]]
    areas: Mapping[str, frozenset[str]]
    satisfaction: Mapping[str, Measure]
    settings: Settings


def requests(month: Scope) -> list[Request]:
    """What `five_steps` reads, so that a screen may work it out side by side."""
    whole = month.narrow(manager=())
    return [
        ("manager_list", whole, ()),
        *month_measures.requests(whole),
        ("product_list", whole, ()),
        ("target_list", whole, ()),
        ("satisfaction_retailer", whole.year(), ("manager_id",)),
    ]


def five_steps(
    month: Scope, recorded: Recorded | None, plans: Sequence[LaunchPlan], settings: Settings, *, read: Read
) -> FiveSteps:
    """The cells of a month, or of its days so far, of the managers in scope who have customers at its end.

    `recorded`: the activity of the month, None where it cannot be told; `plans`: all launch plans. A team is measured
    by all its managers, whomever the scope names.
    """
    whole = month.narrow(manager=())
    managers = in_counting_order(looking_after(read("manager_list", whole, ())), ["team", "manager_id"])
    teams = dict(zip(managers["manager_id"], managers["team"], strict=True))
    before, now = measured(whole, teams, settings, read=read)
    sizes = Counter(teams.values())
    targets = read("target_list", whole, ())
    known = _Known(
        before,
        now,
        # A manager who is the whole team is held against everybody.
        {manager: team if sizes[team] > 1 else EVERYBODY for manager, team in teams.items()},
        recorded,
        _focus_skus(read("product_list", whole, ()), month),
        [plan for plan in plans if plan.starts_on <= month.to_date and plan.covered_by >= month.from_date],
        frozenset(targets.loc[targets["target_measure"] == "amount", "manager_id"]),
        _sets(targets[targets["target_measure"] == "numeric_distribution"], "sku_id"),
        _sets(now.places, "area"),
        _satisfaction(read("satisfaction_retailer", whole.year(), ("manager_id",))),
        settings,
    )
    shown = managers[managers["manager_id"].isin(month.manager)] if month.manager else managers
    cells = tuple(
        Cell(manager, focus, step, tuple(_PARTS_OF[step](known, manager, focus)))
        for manager in shown["manager_id"]
        for focus in FOCUSES
        for step in STEPS
    )
    return FiveSteps(month, shown.reset_index(drop=True), cells, now.places)


def _analyse(known: _Known, manager: str, focus: str) -> list[Part]:
    """Done where a sheet was opened, or a list exported, on a day of the month; not done only once it is over.

    Unknown where nobody recorded it from the first day on.
    """
    if known.recorded is None:
        return [_no_data("looked_into", "not_recorded_then")]
    days = {each.day for each in known.recorded.activities if (each.manager_id, each.focus) == (manager, focus)}
    month = known.now.scope
    if not days and known.recorded.since > month.from_date:
        return [_no_data("looked_into", "not_recorded_then")]
    if not days and month.to_date < end_of_month(month.to_date):
        return [_no_data("looked_into", "month_not_over")]
    return [Part("looked_into", DONE if days else NOT, count=float(len(days)))]


def _plan(known: _Known, manager: str, focus: str) -> list[Part]:
    if focus == "customer":
        return [_part(known, name, manager) for name in ("key_customers_planned", "customers_planned")]
    if focus == "brand":
        return [_focus_planned(known, manager)]
    places = [_part(known, name, manager) for name in ("places_planned", "tiers_planned")]
    return [_amount_target(known, manager), *places]


def _implement(known: _Known, manager: str, focus: str) -> list[Part]:
    if focus == "customer":
        return [_part(known, name, manager) for name in ("plan_compliance", "call_coverage")]
    if focus == "brand":
        work = _better(_part(known, "brand_visits", manager), _part(known, "focus_checked", manager))
        return [work, _part(known, "distribution_attainment", manager)]
    return [_part(known, "places_visited", manager)]


def _evaluate(known: _Known, manager: str, focus: str) -> list[Part]:
    if focus == "customer":
        return [_part(known, "productive_call_rate", manager)]
    if focus == "brand":
        return [_part(known, "strike_rate", manager)]
    asked = _judged(known, "satisfaction_retailer", known.satisfaction.get(manager), bool(known.satisfaction))
    return [_better(asked, _part(known, "customers_checked", manager))]


def _improve(known: _Known, manager: str, focus: str) -> list[Part]:
    """Did the figure that was weakest last month, against its reference, rise?"""
    found = risen(known.before, known.now, manager, known.references[manager], focus, known.settings)
    if found is None:
        return [_no_data("weakest", "nothing_to_compare")]
    least = known.settings.five_steps_least_rise
    rose = found.value - found.before
    state = DONE if rose >= least or found.is_strong_now else PARTLY if rose > -least else NOT
    now = found.now
    return [Part(found.name, state, found.value, now.count, now.base, before=found.before, reference=found.reference)]


def limits(name: str, settings: Settings) -> tuple[float, float]:
    """From which value on a figure is done, and from which it is partly done.

    A figure with a reference of its own is done at it, and partly from the published share of it.
    """
    references = {
        "strike_rate": settings.strike_rate_reference,
        "productive_call_rate": settings.productive_call_reference,
        "brand_visits": settings.brand_visits_reference,
        "satisfaction_retailer": settings.satisfaction_reference,
    }
    reference = references.get(name)
    if reference is None:
        return settings.five_steps_done, settings.five_steps_partly
    return reference, reference * settings.five_steps_done


def _part(known: _Known, name: str, manager: str) -> Part:
    everybody = known.now.own.get(name, {})
    return _judged(known, name, everybody.get(manager), bool(everybody))


def _judged(known: _Known, name: str, measure: Measure | None, is_recorded: bool) -> Part:
    """A figure held against its limits, or why it is not."""
    if measure is None or measure.value is None:
        month = known.now.scope
        if name in month_measures.OF_WHOLE_MONTHS and month.to_date < end_of_month(month.to_date):
            return _no_data(name, "month_not_over")
        return _no_data(name, "none_of_its_own" if is_recorded else "nothing_recorded")
    least, partly = limits(name, known.settings)
    fewest = known.settings.fewest_answers if name == "satisfaction_retailer" else known.settings.fewest_visits
    if name in FROM_A_FEW_ON and measure.base < fewest:
        return Part(name, NO_DATA, measure.value, measure.count, measure.base, least, "too_few")
    state = DONE if measure.value >= least else PARTLY if measure.value >= partly else NOT
    return Part(name, state, measure.value, measure.count, measure.base, least)


def _better(first: Part, second: Part) -> Part:
    """Either will do: the one with the better state, the first of equals."""
    return min(first, second, key=lambda part: STATES.index(part.state))


def _amount_target(known: _Known, manager: str) -> Part:
    if not known.amount_targets:
        return _no_data("amount_target", "nothing_recorded")
    is_set = manager in known.amount_targets
    return Part("amount_target", DONE if is_set else NOT, count=float(is_set))


def _focus_planned(known: _Known, manager: str) -> Part:
    """For how many focus products on sale there is a distribution target, or a launch plan for these areas and days."""
    if not known.focus_skus:
        return _no_data("focus_planned", "no_focus_product")
    if not known.focus_targets and not known.focus_skus & {plan.sku_id for plan in known.plans}:
        return _no_data("focus_planned", "nothing_recorded")
    areas = known.areas.get(manager, frozenset())
    launched = {plan.sku_id for plan in known.plans if not plan.areas or areas & set(plan.areas)}
    planned = known.focus_skus & (launched | known.focus_targets.get(manager, frozenset()))
    return _judged(known, "focus_planned", Measure(len(planned), len(known.focus_skus)), True)


def _sets(rows: pd.DataFrame, column: str) -> dict[str, frozenset[str]]:
    """What each manager has in a column."""
    found: dict[str, set[str]] = {}
    for manager, value in zip(rows["manager_id"], rows[column], strict=True):
        found.setdefault(manager, set()).add(value)
    return {manager: frozenset(values) for manager, values in found.items()}


def _no_data(name: str, why: str) -> Part:
    return Part(name, NO_DATA, why=why)


def _focus_skus(products: pd.DataFrame, month: Scope) -> frozenset[str]:
    """Focus products on sale by the month's last day."""
    launched = pd.to_datetime(products["launched_on"])
    is_on_sale = launched.isna() | (launched <= pd.Timestamp(month.to_date))
    return frozenset(products.loc[products["focus"] & is_on_sale, "sku_id"])


def _satisfaction(rows: pd.DataFrame) -> dict[str, Measure]:
    """Scores over answers, by manager."""
    columns = rows[["manager_id", "score_sum", "answers"]].astype({"score_sum": float, "answers": float})
    return {str(manager): Measure(total, answers) for manager, total, answers in columns.itertuples(index=False)}


_PARTS_OF = dict(zip(STEPS, (_analyse, _plan, _implement, _evaluate, _improve), strict=True))
