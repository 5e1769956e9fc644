"""What a load did: per file where every row went, and what it referred to that nobody knows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

UNKNOWN_LISTED = 50


@dataclass(frozen=True)
class FileReport:
    """Where the rows of one file went; read = loaded + duplicates + superseded + rejected."""

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
    total_qty: Decimal | None = None
    total_amount: Decimal | None = None
    unchanged_since: str = ""

    def adds_up(self) -> bool:
        """Whether every row read is accounted for."""
        return self.read == self.loaded + self.duplicates + self.superseded + self.rejected

    def as_row(self) -> dict[str, object]:
        """The file's line of the JSON report."""
        names = ("file", "extract", "encoding", "read", "loaded", "duplicates", "superseded", "rejected", "corrections")
        return {name: getattr(self, name) for name in names} | {"seconds": round(self.seconds, 3)}


@dataclass(frozen=True)
class Report:
    """A whole load. `version` is the warehouse's current one afterwards, `published` whether this load made it."""

    version: str
    files: tuple[FileReport, ...]
    unknown: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown_counts: Mapping[str, int] = field(default_factory=dict)
    published: bool = True
    skipped: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The JSON report. Lists of unknown ids stop at fifty; `counts` has their full number."""
        unknown: dict[str, object] = {name: list(ids) for name, ids in self.unknown.items()}
        return {
            "version": self.version,
            "files": [file.as_row() for file in self.files],
            "unknown": unknown | {"counts": dict(self.unknown_counts)},
        }
