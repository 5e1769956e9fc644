"""What a load did: per file where every row went, and what it referred to that nobody knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

UNKNOWN_LISTED = 50
MASTERS = ("customers", "products", "managers")
"""What rows refer to."""


@dataclass(frozen=True)
class Totals:
    """Sums of quantity, in cartons, and amount, in yuan."""

    qty: Decimal = Decimal(0)
    amount: Decimal = Decimal(0)

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(self.qty + other.qty, self.amount + other.amount)

    def __sub__(self, other: "Totals") -> "Totals":
        return Totals(self.qty - other.qty, self.amount - other.amount)


@dataclass(frozen=True)
class ControlTotals:
    """Sums over the sales of a file as read and as loaded, over rows these replaced, and over all before and after."""

    read: Totals
    loaded: Totals
    replaced: Totals
    before: Totals
    after: Totals

    def adds_up(self) -> bool:
        """Whether all sales hold what they held, less what was replaced, and what was loaded."""
        return self.after == self.before - self.replaced + self.loaded


@dataclass(frozen=True)
class FileReport:
    """Where the rows of one file went; read = loaded + duplicates + superseded + rejected.

    `titles` rows above the header and `furniture`, totals and repeated headers, are no data and not read; `unused` are
    headers that nothing was taken from; `removed` rows of the month that the load replaces were there before.
    """

    file: str
    extract: str
    encoding: str
    read: int
    loaded: int
    duplicates: int
    superseded: int
    rejected: int
    corrections: int
    seconds: float = 0.0
    titles: int = 0
    furniture: int = 0
    unused: tuple[str, ...] = ()
    is_recalled: bool = False
    removed: int = 0
    control: ControlTotals | None = None
    rejects_file: str = ""
    unchanged_since: str = ""

    def adds_up(self) -> bool:
        """Whether every row read is accounted for."""
        return self.read == self.loaded + self.duplicates + self.superseded + self.rejected

    def as_row(self) -> dict[str, object]:
        """The file's line of the JSON report."""
        names = ("file", "extract", "encoding", "read", "loaded", "duplicates", "superseded", "rejected", "corrections")
        return {name: getattr(self, name) for name in names} | {"seconds": round(self.seconds, 3)}

    def in_full(self) -> dict[str, object]:
        """The same with what lies beside its rows: titles, furniture, unused headers, and whether it was known."""
        beside = {name: getattr(self, name) for name in ("titles", "furniture", "unchanged_since")}
        return self.as_row() | beside | {"unused": list(self.unused)}


@dataclass(frozen=True)
class Report:
    """A whole load. `version` is the warehouse's current one afterwards, `published` whether this load made it.

    `skipped` names what was left aside; `notes` say what else people should know.
    """

    version: str
    files: tuple[FileReport, ...]
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown_counts: Mapping[str, int] = field(default_factory=dict)
    published: bool = True
    skipped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The JSON report. Lists of unknown ids stop at fifty; `counts` has their full number."""
        unknown: dict[str, object] = {name: list(self.unknown.get(name, ())) for name in MASTERS}
        return {
            "version": self.version,
            "files": [file.as_row() for file in self.files],
            "unknown": unknown | {"counts": {name: self.unknown_counts.get(name, 0) for name in MASTERS}},
        }

    def in_full(self) -> dict[str, object]:
        """The JSON report, with whether a version was made and what lies beside the rows of each file."""
        return self.as_dict() | {"published": self.published, "files": [file.in_full() for file in self.files]}
