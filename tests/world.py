"""A small world in a real DuckDB: a test states its rows and asks for a figure."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

import etl
import metrics
from metrics import Scope
from warehouse.monthly import sum_by_month

FIRST, LAST = date(2026, 7, 1), date(2026, 9, 30)
"""The period of a figure unless a test gives another: 92 days, three whole months."""


def day(text: str) -> date:
    """A day written as 2026-07-01."""
    return date.fromisoformat(text)


class World:
    """The tables of a warehouse, filled by hand."""

    def __init__(self, path: Path) -> None:
        self.connection = duckdb.connect(str(path / "world.duckdb"))
        etl.create_tables(self.connection)
        self.connection.execute("attach ':memory:' as months")
        self._orders = 0

    def _add(self, table: str, **values: Any) -> None:
        names = ", ".join(values)
        marks = ", ".join("?" for _ in values)
        self.connection.execute(f"insert into {table} ({names}) values ({marks})", list(values.values()))

    def customers(self, *names: str) -> None:
        """Customers by id; 'D closed' is one that has closed."""
        for name in names:
            customer, _, status = name.partition(" ")
            self.customer(customer, status=status or "active")

    def customer(self, customer_id: str, **values: Any) -> None:
        """One customer of the master; manager and opened_on (text) among the values."""
        if "manager" in values:
            values["manager_id"] = values.pop("manager")
        if values.get("opened_on"):
            values["opened_on"] = day(values["opened_on"])
        self._add("customers", customer_id=customer_id, **({"status": "active", "is_derived": False} | values))

    def product(self, sku_id: str, **values: Any) -> None:
        """One product of the master."""
        self._add("products", sku_id=sku_id, **({"is_derived": False} | values))

    def manager(self, manager_id: str, **values: Any) -> None:
        """One manager of the master; supervisor, hired_on and left_on (texts) among the values."""
        if "supervisor" in values:
            values["supervisor_id"] = values.pop("supervisor")
        for name in ("hired_on", "left_on"):
            if values.get(name):
                values[name] = day(values[name])
        self._add("managers", manager_id=manager_id, **({"is_derived": False} | values))

    def sale(
        self,
        on: str,
        customer: str,
        sku: str,
        qty: float,
        amount: float | None = None,
        *,
        ordered: float | None = None,
        manager: str | None = None,
    ) -> None:
        """One line of an order of its own; the amount is the quantity unless it is given."""
        self._orders += 1
        self._add(
            "sales",
            order_id=f"O{self._orders}",
            line_no=1,
            order_date=day(on),
            customer_id=customer,
            sku_id=sku,
            qty=Decimal(str(qty)),
            amount=Decimal(str(qty if amount is None else amount)),
            ordered_qty=ordered,
            manager_id=manager,
        )

    def visit(
        self,
        on: str,
        customer: str,
        manager: str,
        outcome: str = "none",
        joint_with: str | None = None,
        *,
        minutes: int | None = None,
    ) -> None:
        """One visit."""
        self._add(
            "visits",
            visit_date=day(on),
            customer_id=customer,
            manager_id=manager,
            outcome=outcome,
            joint_with=joint_with,
            minutes=minutes,
        )

    def survey(
        self, on: str, audience: str, score: float, *, customer: str | None = None, manager: str | None = None
    ) -> None:
        """One answer."""
        self._add(
            "surveys", survey_date=day(on), audience=audience, score=score, customer_id=customer, manager_id=manager
        )

    def coach(self, on: str, newcomer: str, coach: str, step: str, customer: str | None = None) -> None:
        """One step on the apprentice ladder."""
        self._add("coaching", coached_on=day(on), manager_id=newcomer, coach_id=coach, step=step, customer_id=customer)

    def risk(self, on: str, customer: str) -> None:
        """One risk event."""
        self._add("risk_events", event_date=day(on), customer_id=customer, kind="theft", loss=5)

    def plan(self, on: str, customer: str, manager: str) -> None:
        """One row of the visit plan."""
        self._add("visit_plan", plan_date=day(on), customer_id=customer, manager_id=manager)

    def check(self, on: str, customer: str, sku: str, on_shelf: bool, stock: float | None = None) -> None:
        """One shelf check."""
        self._add(
            "shelf_checks", check_date=day(on), customer_id=customer, sku_id=sku, on_shelf=on_shelf, stock_qty=stock
        )

    def target(
        self, month: str, manager: str, value: float, measure: str = "amount", sku_id: str | None = None
    ) -> None:
        """One month's target of a manager."""
        self._add("targets", month=month, manager_id=manager, measure=measure, value=value, sku_id=sku_id)

    def assign(self, customer: str, manager: str, valid_from: str, valid_to: str | None = None) -> None:
        """A spell of a customer under a manager."""
        self._add(
            "assignments",
            customer_id=customer,
            manager_id=manager,
            valid_from=day(valid_from),
            valid_to=None if valid_to is None else day(valid_to),
        )

    def settle(self) -> None:
        """What a load, and the first reader after it, work out of the rows: owners and sums by month."""
        etl.resolve_owners(self.connection)
        sum_by_month(self.connection)

    def rows(
        self, name: str, by: str | Iterable[str] = (), *, first: date = FIRST, last: date = LAST, **conditions: str
    ) -> pd.DataFrame:
        """The rows of a figure, owners resolved as a load does."""
        self.settle()
        return metrics.run(name, Scope(first, last).narrow(**conditions), by, cursor=self.connection.cursor())

    def figure(self, name: str, *, first: date = FIRST, last: date = LAST, **conditions: str) -> float | None:
        """A figure as one number; None where there is no data."""
        self.settle()
        scope = Scope(first, last).narrow(**conditions)
        return metrics.value(name, scope, cursor=self.connection.cursor())

    def split(self, name: str, by: str, **conditions: Any) -> dict[Any, float]:
        """A figure by one dimension."""
        rows = self.rows(name, by, **conditions)
        return dict(zip(rows[by], rows[name], strict=True))
