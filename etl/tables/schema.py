"""The warehouse's tables, made from the contracts, and the books that every load keeps."""

import duckdb

from etl.contract import Extract
from etl.contracts import TABLES
from etl.sql import literal

LOAD_ID = ("load_id", "integer", "The load that brought or last changed the row.")
IS_DERIVED = (
    "is_derived",
    "boolean default false",
    "True where the row was worked out of a flat sales file rather than stated by a master.",
)
OWNER_ID = (
    "owner_id",
    "varchar",
    "Manager who owns the sale: the line's own, else the one assigned that day, else the customer's.",
)

BOOKS: dict[str, tuple[str, tuple[tuple[str, str, str], ...]]] = {
    "loads": (
        "One row a load.",
        (
            ("load_id", "integer", "Number of the load."),
            ("version", "varchar", "Version of the warehouse it made."),
            ("loaded_at", "timestamp", "When it began, local time."),
            ("loaded_by", "varchar", "Account that ran it."),
            ("seconds", "double", "How long it took."),
        ),
    ),
    "load_files": (
        "One row a file of a load; read = loaded + duplicates + superseded + rejected.",
        (
            ("load_id", "integer", "The load."),
            ("file", "varchar", "Name of the file."),
            ("sha256", "varchar", "Hash of its bytes."),
            ("fingerprint", "varchar", "Hash of its bytes, of those joined to it, and of how it was mapped."),
            ("extract", "varchar", "What it was taken for."),
            ("encoding", "varchar", "Encoding or kind of the file."),
            ("read", "bigint", "Data rows read."),
            ("loaded", "bigint", "Rows loaded, corrections among them."),
            ("duplicates", "bigint", "Rows already there, in the file or from an earlier load."),
            ("superseded", "bigint", "Rows that a later row of the file replaced."),
            ("rejected", "bigint", "Rows kept out, listed in rejects."),
            ("corrections", "bigint", "Rows that replaced one of an earlier load."),
            ("furniture", "bigint", "Titles, totals and repeated headers: no data, and not read."),
            ("replaced_month", "varchar", "The month that the load replaced, if any."),
            ("removed", "bigint", "Rows of that month that were there before."),
            *(
                (f"{when}_{what}", "decimal(38, 4)", f"Sum of {what} over {over}, for sales.")
                for when, over in (
                    ("read", "the sound rows of the file"),
                    ("loaded", "the rows loaded"),
                    ("replaced", "the earlier rows that corrections replaced"),
                    ("before", "all sales before the file"),
                    ("after", "all sales after it"),
                )
                for what in ("qty", "amount")
            ),
            ("rejects_file", "varchar", "Where the rejected rows stand as CSV, beside the warehouse."),
            ("seconds", "double", "How long it took."),
            ("layout", "varchar", "How it was read, as JSON: its header, the header of each column, titles' units."),
        ),
    ),
    "rejects": (
        "Rows kept out, one row each.",
        (
            ("load_id", "integer", "The load."),
            ("file", "varchar", "Name of the file."),
            (
                "line",
                "bigint",
                "Line of the file as a spreadsheet counts: blank lines too, and a row as one however its cells break.",
            ),
            ('"column"', "varchar", "The column at fault, by its canonical name."),
            ("value", "varchar", "Its value as it came."),
            ("reason_en", "varchar", "Why, in English."),
            ("reason_zh", "varchar", "Why, in Chinese."),
            ("raw", "varchar", "The row as it came."),
            ("cells", "varchar[]", "Its cells, by the file's own columns; none where one row became several."),
        ),
    ),
}


def create_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create every table, and every column, of the warehouse that is not there yet, with comments on them."""
    for extract in TABLES:
        _create(connection, extract.name, f"{extract.name_zh}: {extract.description}", _columns(extract))
    for name, (description, columns) in BOOKS.items():
        _create(connection, name, description, columns)


def _columns(extract: Extract) -> tuple[tuple[str, str, str], ...]:
    own = [
        (
            column.name,
            column.type.sql + (f" default {literal(column.default)}" if column.default else ""),
            column.description,
        )
        for column in extract.columns
        if column.is_stored
    ]
    extra = [IS_DERIVED] if extract.is_master else [OWNER_ID] if extract.name == "sales" else []
    return (*own, *extra, LOAD_ID)


def _create(
    connection: duckdb.DuckDBPyConnection, name: str, description: str, columns: tuple[tuple[str, str, str], ...]
) -> None:
    found = connection.execute(
        "select column_name from duckdb_columns() where table_name = ? and schema_name = 'main'", [name]
    ).fetchall()
    there = {row[0] for row in found}
    if not there:
        connection.execute(f"create table {name} ({', '.join(f'{column} {kind}' for column, kind, _ in columns)})")
        connection.execute(f"comment on table {name} is {literal(description)}")
    for column, kind, words in columns:
        if column.strip('"') in there:
            continue
        if there:
            # A warehouse that an earlier release made.
            connection.execute(f"alter table {name} add column {column} {kind}")
        connection.execute(f"comment on column {name}.{column} is {literal(words)}")
