"""The files that are loaded: a made-up city of so many sales lines, in UTF-8, in GB18030, and its last per cent."""

import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from etl.sample import generate

FOLDER = Path("build") / "bench"
MANAGERS, TEAMS = 200, 20
LAST_DAY = date(2026, 10, 31)
CUSTOMERS_A_MILLION_LINES = 1500
CHUNK = 1 << 24


@dataclass(frozen=True)
class Files:
    """Where they are. `masters` holds all extracts but the sales; `late` a hundredth of the lines, not in `sales`."""

    masters: Path
    sales: Path
    sales_gb18030: Path
    late: Path


def folder_of(lines: int) -> Path:
    """Where the files of so many lines are, and the warehouse made of them."""
    return FOLDER / f"{lines}-{MANAGERS}"


def make_files(lines: int) -> Files:
    """Make them, or find them where they were made before."""
    folder = folder_of(lines)
    files = Files(folder / "masters", folder / "sales.csv", folder / "gb18030" / "sales.csv", folder / "late.csv")
    if files.late.exists():
        return files
    city = folder / "city"
    generate(
        city,
        months=24,
        until=LAST_DAY,
        customers=max(200, lines * CUSTOMERS_A_MILLION_LINES // 1_000_000),
        managers=MANAGERS,
        teams=TEAMS,
        lines=lines,
    )
    files.masters.mkdir(exist_ok=True)
    for extract in city.glob("*.csv"):
        if extract.name != "sales.csv":
            shutil.move(extract, files.masters / extract.name)
    _part(city / "sales.csv", files.sales, folder / "late.part", every=100)
    files.sales_gb18030.parent.mkdir(exist_ok=True)
    with files.sales.open(encoding="utf-8") as text, files.sales_gb18030.open("w", encoding="gb18030") as copy:
        shutil.copyfileobj(text, copy, CHUNK)
    shutil.rmtree(city)
    (folder / "late.part").replace(files.late)
    return files


def _part(whole: Path, most: Path, rest: Path, every: int) -> None:
    """Every so many lines into one file, the others into another; each with the header."""
    with (
        whole.open("rb") as lines,
        most.open("wb") as kept,
        rest.open("wb") as taken,
    ):
        header = next(lines)
        kept.write(header)
        taken.write(header)
        for number, line in enumerate(lines):
            (taken if number % every == 0 else kept).write(line)
