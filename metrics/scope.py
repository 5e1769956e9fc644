"""The scope of a figure: period, people, places, products, and who is asking. Applied in this one place."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from warehouse.errors import PinyuError

UNKNOWN = "unknown"
"""Stands for an attribute that no extract tells, in results and in conditions."""

CUSTOMER_CONDITIONS = ("area", "tier_band", "channel", "customer")
OWNER_CONDITIONS = ("team", "manager")
PRODUCT_CONDITIONS = ("brand", "maker", "price_class", "sku")
CONDITIONS = (*CUSTOMER_CONDITIONS, *OWNER_CONDITIONS, *PRODUCT_CONDITIONS)
"""What a scope can be narrowed by, besides its period; also the words of `--where` and of a link."""


class ScopeError(PinyuError):
    """A scope that cannot be: an unknown condition, or a period that ends before it begins."""


@dataclass(frozen=True)
class Scope:
    """A period with both days included and, for each condition, the values kept; none means all.

    `viewer` says who is asking, so that a person's rights are one more condition here and part of every
    cache key.
    """

    from_date: date
    to_date: date
    area: tuple[str, ...] = ()
    tier_band: tuple[str, ...] = ()
    channel: tuple[str, ...] = ()
    customer: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    manager: tuple[str, ...] = ()
    brand: tuple[str, ...] = ()
    maker: tuple[str, ...] = ()
    price_class: tuple[str, ...] = ()
    sku: tuple[str, ...] = ()
    viewer: str = ""

    def __post_init__(self) -> None:
        if self.to_date < self.from_date:
            raise ScopeError(
                f"The period ends on {self.to_date}, before it begins on {self.from_date}.",
                "Give a last day that is not before the first.",
            )

    @property
    def days(self) -> int:
        """Length of the period in days, both ends included."""
        return (self.to_date - self.from_date).days + 1

    @property
    def names_products(self) -> bool:
        """Whether it is narrowed by what was sold."""
        return any(getattr(self, name) for name in PRODUCT_CONDITIONS)

    @property
    def names_customers_or_products(self) -> bool:
        """Whether it is narrowed by whom it was sold to or by what was sold, which targets do not know."""
        return any(getattr(self, name) for name in (*CUSTOMER_CONDITIONS, *PRODUCT_CONDITIONS))

    def narrow(self, **conditions: str | tuple[str, ...]) -> "Scope":
        """The same scope with the given conditions, each one value or several."""
        values = {name: (value,) if isinstance(value, str) else tuple(value) for name, value in conditions.items()}
        unknown = set(values) - set(CONDITIONS)
        if unknown:
            raise ScopeError(
                f"There is no condition {sorted(unknown)[0]!r}.", f"The conditions are {', '.join(CONDITIONS)}."
            )
        return replace(self, **values)  # type: ignore[arg-type]

    def over(self, from_date: date, to_date: date) -> "Scope":
        """The same conditions over another period."""
        return replace(self, from_date=from_date, to_date=to_date)

    def previous(self) -> "Scope":
        """The period of the same length just before."""
        return self.over(self.from_date - timedelta(self.days), self.from_date - timedelta(1))

    def last_year(self) -> "Scope":
        """The same days a year earlier; 29 February goes back to 28 February."""
        return self.over(months_before(self.from_date, 12), months_before(self.to_date, 12))

    def trailing_months(self, count: int = 13) -> "Scope":
        """The last `count` whole calendar months up to the scope's last day: a month begun would look like a fall."""
        day_after = self.to_date + timedelta(1)
        last = day_after.replace(day=1) - timedelta(1)
        return self.over(months_before(last.replace(day=1), count - 1), last)

    def months(self) -> Iterator[tuple[str, "Scope"]]:
        """The calendar months of the period, each clipped to it and named YYYY-MM."""
        first = self.from_date
        while first <= self.to_date:
            last = min(end_of_month(first), self.to_date)
            yield f"{first:%Y-%m}", self.over(first, last)
            first = last + timedelta(1)

    def weeks(self) -> Iterator[tuple[str, "Scope"]]:
        """The weeks of the period, Monday to Sunday, each clipped to it and named by its Monday."""
        first = self.from_date
        while first <= self.to_date:
            monday = first - timedelta(first.weekday())
            last = min(monday + timedelta(6), self.to_date)
            yield monday.isoformat(), self.over(first, last)
            first = last + timedelta(1)

    def year(self) -> "Scope":
        """The twelve months up to the scope's last day."""
        return self.over(months_before(self.to_date, 12) + timedelta(1), self.to_date)

    def whole_months(self) -> tuple[date, date]:
        """The first day of the first whole month of the period and the day after its last; equal where there is none.

        The days before the one and from the other on fill no month.
        """
        first = self.from_date if self.from_date.day == 1 else end_of_month(self.from_date) + timedelta(1)
        day_after = self.to_date + timedelta(1)
        after_last = day_after.replace(day=1)
        return (first, after_last) if first < after_last else (day_after, day_after)

    def compared(self) -> dict[str, "Scope"]:
        """The periods that figures compare: 'now' is the scope's own, 'last_year' the same days a year earlier.

        'year' is the twelve months up to the scope's last day, 'year_before' those before.
        """
        year = self.year()
        return {"now": self, "last_year": self.last_year(), "year": year, "year_before": year.last_year()}

    def stretches(self, *, by_day: bool = False) -> tuple[date, date, date, date]:
        """Where the days before the whole months begin, the whole months, the days after them, and what follows all.

        `by_day` where sums of whole months would not do: then there are none.
        """
        day_after = self.to_date + timedelta(1)
        whole_from, whole_until = (day_after, day_after) if by_day else self.whole_months()
        return self.from_date, whole_from, whole_until, day_after

    def parameters(self, *, by_day: bool = False) -> dict[str, object]:
        """Every value a figure's SQL may bind by name; `by_day` as for `stretches`."""
        values: dict[str, object] = {
            "days": self.days,
            "weeks": self.days / 7,
            **{name: list(getattr(self, name)) for name in CONDITIONS},
        }
        for name, period in self.compared().items():
            first, whole_from, whole_until, day_after = period.stretches(by_day=by_day)
            values |= {f"{prefix(name)}from_date": first, f"{prefix(name)}to_date": period.to_date}
            values |= {f"{prefix(name)}whole_from": whole_from, f"{prefix(name)}whole_until": whole_until}
            values[f"{prefix(name)}day_after"] = day_after
        return values

    def filters(self) -> dict[str, str]:
        """The scope's conditions as SQL over the shared relations' column names, by the kind of row they keep.

        `customer_filter` keeps customers by what they are, `owner_filter` rows by the manager they belong
        to, `product_filter` rows by product; `is_narrowed_beyond_owners` tells whether customers or products
        are named, which targets do not know, and `is_any_product` that no product is. Only column names from
        here are pasted; values are bound.
        """
        columns = {"manager": "manager_id", "sku": "sku_id", "customer": "customer_id"}
        kinds = {
            "customer_filter": CUSTOMER_CONDITIONS,
            "owner_filter": OWNER_CONDITIONS,
            "product_filter": PRODUCT_CONDITIONS,
        }
        return {
            "is_narrowed_beyond_owners": str(self.names_customers_or_products).lower(),
            "is_any_product": str(not self.names_products).lower(),
        } | {
            kind: " and ".join(
                f"list_contains(${name}::varchar[], {columns.get(name, name)})" for name in names if getattr(self, name)
            )
            or "true"
            for kind, names in kinds.items()
        }


def prefix(period: str) -> str:
    """What the names of a compared period's days begin with in SQL; the scope's own have plain names."""
    return "" if period == "now" else f"{period}_"


def end_of_month(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def months_before(day: date, months: int) -> date:
    """The same day of the month so many months earlier, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
