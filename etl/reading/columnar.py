"""Parquet as a DuckDB relation of texts."""

from pathlib import Path

import duckdb

from etl.errors import FileProblem
from etl.sql import listed, literal, quoted


def parquet_columns(name: str, path: Path) -> tuple[str, ...]:
    """The names of a Parquet file's columns."""
    try:
        with duckdb.connect() as connection:
            described = connection.execute(
                f"describe select * from read_parquet({literal(str(path))}, hive_partitioning = false)"
            ).fetchall()
    except duckdb.Error as error:
        raise FileProblem(f"{name} is not a Parquet file that can be read.", "Export it again.") from error
    return tuple(str(row[0]) for row in described)


def reading(path: Path, header: tuple[str, ...]) -> str:
    """The SQL that reads its columns as texts c0, c1, …"""
    columns = listed(f"cast({quoted(column)} as varchar) as c{index}" for index, column in enumerate(header))
    return f"select {columns} from read_parquet({literal(str(path))}, hive_partitioning = false)"
