"""A figure that is not any more what it was: by how much, and by which loads."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import duckdb

# Versions are numbered in six digits, so that they sort as text.
_LOADS = """
select version, strftime(loaded_at, '%Y-%m-%d') as loaded_on, list(distinct file order by file) as files
from loads
inner join load_files using (load_id)
where version > $since
group by version, loaded_at
order by version
"""
_BASE = "select max(version) from loads where version <= $since"


@dataclass(frozen=True)
class Load:
    """The load that made a version: its day, as ISO text, and the names of its files."""

    version: str
    loaded_on: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Restatement:
    """By how much loads changed the amount: one, or several where the amounts between cannot be read.

    `gone_back_to`: the version that was gone back to before them, as a part of the change or, without loads, as all of
    it. Neither: none is known.
    """

    loads: tuple[Load, ...]
    change: Decimal
    gone_back_to: str = ""


@dataclass(frozen=True)
class Restated:
    """The amount as it was told and as it is now; the restatements add up to the difference."""

    then: Decimal
    now: Decimal
    restatements: tuple[Restatement, ...]

    @property
    def change(self) -> Decimal:
        """What the loads since added."""
        return self.now - self.then


def loads_since(version: str, *, cursor: duckdb.DuckDBPyConnection) -> list[Load]:
    """The loads that made the versions after that one, the oldest first, as the version of the cursor knows them."""
    found = cursor.execute(_LOADS, {"since": version}).fetchall()
    return [Load(str(name), str(loaded_on), tuple(map(str, files))) for name, loaded_on, files in found]


def gone_back_to(version: str, *, cursor: duckdb.DuckDBPyConnection) -> str:
    """The version that was gone back to since that one, as the version of the cursor tells it; "" where none was.

    A version is a copy of the one before it and a load: where it does not know the load of an earlier one, it came
    from one before that.
    """
    (base,) = cursor.execute(_BASE, {"since": version}).fetchall()[0]
    return "" if base in (None, version) else str(base)


def restated(
    then: Decimal,
    now: Decimal,
    *,
    loads: Sequence[Load],
    amount_in: Callable[[str], Decimal | None],
    gone_back_to: str = "",
) -> Restated:
    """What made an amount told earlier, `then`, what it is `now`, for the same days and scope.

    `amount_in` gives the amount in a version, None where it cannot be read any more. A load that made no difference is
    not named; `gone_back_to` came before all `loads`.
    """
    steps = [(gone_back_to, list[Load]())] if gone_back_to else []
    steps += [(load.version, [load]) for load in loads]
    restatements: list[Restatement] = []
    reached, base, pending = then, gone_back_to, list[Load]()
    for version, made_it in steps if then != now else ():
        pending += made_it
        amount = amount_in(version)
        if amount is None:
            continue
        if amount != reached:
            restatements.append(Restatement(tuple(pending), amount - reached, base))
        reached, base, pending = amount, "", []
    if reached != now:
        restatements.append(Restatement(tuple(pending), now - reached, base))
    return Restated(then, now, tuple(restatements))
