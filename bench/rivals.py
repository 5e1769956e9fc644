"""What loading is held against: DuckDB reading the same file with given types, and pandas. Run as a program."""

import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import duckdb
import pandas as pd

TYPES = {
    "订单号": "varchar",
    "行号": "integer",
    "订单日期": "date",
    "客户编码": "varchar",
    "商品编码": "varchar",
    "数量": "decimal(18, 4)",
    "金额": "decimal(18, 4)",
    "需求量": "decimal(18, 4)",
    "客户经理编码": "varchar",
}


FLAT_TYPES = {
    "开票日": "date",
    "往来单位": "varchar",
    "货品": "varchar",
    "件数目": "decimal(18, 4)",
    "价税总": "decimal(18, 4)",
}


def bare(file: Path, database: Path, types: Mapping[str, str] = TYPES) -> None:
    """CREATE TABLE AS … read_csv with given types; the few lines that are no data are left out by DuckDB."""
    columns = ", ".join(f"'{name}': '{kind}'" for name, kind in types.items())
    with duckdb.connect(str(database), config={"memory_limit": "4GB"}) as connection:
        connection.execute(
            f"create table sales as from read_csv('{file}', auto_detect = false, delim = ',', quote = '\"',"
            f" header = true, columns = {{{columns}}}, ignore_errors = true)"
        )


def by_pandas(file: Path, database: Path) -> None:
    """pandas.read_csv, its dates and numbers made such, then into DuckDB."""
    texts = {name: "string" for name, kind in TYPES.items() if kind in ("varchar", "date")}
    rows = pd.read_csv(file, dtype=texts)
    for name, kind in TYPES.items():
        if kind == "date":
            rows[name] = pd.to_datetime(rows[name], errors="coerce", format="%Y-%m-%d")
        elif kind != "varchar":
            rows[name] = pd.to_numeric(rows[name], errors="coerce")
    with duckdb.connect(str(database)) as connection:
        connection.register("rows", rows)
        connection.execute("create table sales as from rows")


if __name__ == "__main__":
    ways: dict[str, Callable[[Path, Path], None]] = {
        "bare": bare,
        "pandas": by_pandas,
        "flat": partial(bare, types=FLAT_TYPES),
    }
    ways[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
