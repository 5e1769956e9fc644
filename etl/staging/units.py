"""How many cartons, or yuan, one unit is: of the header, of the row, or of the number itself."""

from collections.abc import Mapping, Sequence

import duckdb

from etl.contract import CARTONS, Choice, Column, Extract
from etl.sql import listed, literal
from etl.values.convert import converted
from etl.values.texts import cleaned

CASE_UNITS = ("箱", "大箱")


def factors(connection: duckdb.DuckDBPyConnection, extract: Extract, texts: Mapping[str, str]) -> dict[str, str]:
    """SQL for the cartons in a case, which a product may state for itself; the sku is that of the row."""
    own = connection.execute(
        """
        select sku_id, cartons_per_case
        from products
        where cartons_per_case <> cast(? as decimal(18, 4))
        order by sku_id
    """,
        [CARTONS["箱"]],
    ).fetchall()
    named = [name for name in ("sku_id", "sku_name") if name in texts and name in extract.names]
    if not own or not named:
        return {}
    sku = f"coalesce({listed(cleaned(f'raw_{name}') for name in named)})"
    stated = listed(f"{literal(sku_id)}: {count}" for sku_id, count in own)
    cartons = f"coalesce(map {{{stated}}}[{sku}], {CARTONS['箱']})"
    return dict.fromkeys(CASE_UNITS, cartons)


def unstated_factor(units: Mapping[str, str], said: Sequence[str], unit: Column | None) -> str:
    """SQL for the factor of a number that says no unit.

    It is that of its row's unit column, else the first known of those `said` for the column as a whole, else 1.
    """
    if unit is not None and isinstance(unit.type, Choice):
        word = f"coalesce({converted('', f'raw_{unit.name}', unit.type)}, {literal(unit.default)})"
        branches = " ".join(f"when {literal(name)} then {units[name]}" for name in unit.type.words if name in units)
        return f"case {word} {branches} end"
    return next((units[name] for name in said if name in units), "1")
