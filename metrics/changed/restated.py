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


@dataclass(frozen=True)
class Load:
    """The load that made a version: its day, as ISO text, and the names of its files."""

    version: str
    loaded_on: str
    files: tuple[str, ...]


@dataclass(frozen=True)
class Restatement:
    """By how much loads changed the amount: one, or several where the versions between are not kept any more.

    No loads: none is known, as where an earlier version was gone back to.
    """

    loads: tuple[Load, ...]
    change: Decimal


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


def restated(
    then: Decimal, now: Decimal, *, loads: Sequence[Load], amount_in: Callable[[str], Decimal | None]
) -> Restated:
    """What made an amount told earlier, `then`, what it is `now`, for the same days and scope.

    `amount_in` gives the amount in a version, None where its file is not kept any more. A load that made no difference
    is not named.
    """
    restatements: list[Restatement] = []
    reached, pending = then, list[Load]()
    for load in loads if then != now else ():
        pending.append(load)
        amount = amount_in(load.version)
        if amount is None:
            continue
        if amount != reached:
            restatements.append(Restatement(tuple(pending), amount - reached))
        reached, pending = amount, []
    if reached != now:
        restatements.append(Restatement(tuple(pending), now - reached))
    return Restated(then, now, tuple(restatements))
