"""The launch plan of a product in four answers: when, what, where, and to whom."""

import json
import unicodedata
from dataclasses import dataclass
from datetime import date

from warehouse.errors import PinyuError
from warehouse.records import Row, read_record, read_records, remove_record, save_record
from warehouse.settings import Settings

MOST_TEXT = 500
"""Characters that the answer to "what" may have."""

MOST_NAMES = 300
MOST_NAME = 200
"""How many areas, channels or tiers a plan may name, and how many characters each name may have."""

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
_TABLE = "launch_plans"


class PlanProblem(PinyuError):
    """A plan that cannot be kept as it is, or that the file holds but cannot be read."""


@dataclass(frozen=True)
class LaunchPlan:
    """When: from the first day on, the circle covered by the second. What is offered, in words. Where: areas. To whom:
    channels and tiers (in bands of five). Of areas, channels and tiers none named means all.

    `version` is 0 until it is saved. Raises PlanProblem where an answer is too long or the days are in the wrong order.
    """

    sku_id: str
    starts_on: date
    covered_by: date
    offer: str = ""
    areas: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    tier_bands: tuple[str, ...] = ()
    version: int = 0
    changed_at: str = ""

    def __post_init__(self) -> None:
        if not FIRST_DAY <= self.starts_on <= self.covered_by <= LAST_DAY:
            raise PlanProblem(
                f"The plan is to be covered by {self.covered_by}, and starts on {self.starts_on}.",
                "Give a last day that is not before the first.",
            )
        if len(self.offer) > MOST_TEXT:
            raise PlanProblem(f"The offer has {len(self.offer)} characters.", f"Keep to {MOST_TEXT}.")
        names = (self.sku_id, *self.areas, *self.channels, *self.tier_bands)
        if len(names) > MOST_NAMES or any(len(name) > MOST_NAME for name in names):
            raise PlanProblem(
                "The plan names too many areas, channels or tiers, or one with too long a name.",
                f"Keep to {MOST_NAMES} names of {MOST_NAME} characters.",
            )


def launch_plan(sku_id: str, settings: Settings) -> LaunchPlan | None:
    """The plan kept for a product, None where there is none yet."""
    row = read_record(settings, _TABLE, sku_id)
    return None if row is None else read_plan(row)


def launch_plans(settings: Settings) -> list[LaunchPlan]:
    """All plans that are kept, by product."""
    return [read_plan(row) for row in read_records(settings, _TABLE)]


def save_plan(plan: LaunchPlan, settings: Settings) -> LaunchPlan:
    """Keep a plan in place of the one of its version; raises warehouse.records.Overtaken where another stands."""
    values: Row = {
        "sku_id": plan.sku_id,
        "starts_on": plan.starts_on.isoformat(),
        "covered_by": plan.covered_by.isoformat(),
        "offer": plain_text(plan.offer),
        **{name: json.dumps(getattr(plan, name), ensure_ascii=False) for name in ("areas", "channels", "tier_bands")},
    }
    return read_plan(save_record(settings, _TABLE, values, version=plan.version))


def remove_plan(plan: LaunchPlan, settings: Settings) -> None:
    """Remove a plan; raises warehouse.records.Overtaken where another stands in its place."""
    remove_record(settings, _TABLE, plan.sku_id, version=plan.version)


def read_plan(row: Row) -> LaunchPlan:
    """A plan as the records hold it."""
    try:
        return LaunchPlan(
            sku_id=str(row["sku_id"]),
            starts_on=date.fromisoformat(str(row["starts_on"])),
            covered_by=date.fromisoformat(str(row["covered_by"])),
            offer=plain_text(str(row["offer"])),
            areas=_names(row["areas"]),
            channels=_names(row["channels"]),
            tier_bands=_names(row["tier_bands"]),
            version=int(row["version"] or 0),
            changed_at=str(row["changed_at"]),
        )
    except (ValueError, TypeError) as error:
        raise PlanProblem(
            f"The plan kept for product {row.get('sku_id')} cannot be read: {error}.",
            "Restore a backup of the records.",
        ) from error


def plain_text(text: str) -> str:
    """Text without control characters and marks that turn its direction, whatever was pasted; lines are kept."""
    return "".join(
        character
        for character in text
        if character == "\n" or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    ).strip()


def _names(text: object) -> tuple[str, ...]:
    found = json.loads(str(text))
    if not isinstance(found, list) or not all(isinstance(name, str) for name in found):
        raise TypeError(f"{str(text)[:40]!r} is no list of names")
    return tuple(found)
