"""Rows that reports put around their data: totals, repeated headers, who printed it and when."""

from collections.abc import Mapping, Sequence

import duckdb

from etl.contract import Extract, Id
from etl.sql import listed, literal
from etl.values.texts import cleaned

FURNITURE = 254
"""The fault of a row that is none of data."""
TOTAL = (
    r"(本页|本月|本日|本表|全部|累计)?(合计|总计|小计|共计|总合计|汇总|合计数)[:：]?"
    r"|((grand|sub|page)[ -]?)?totals?:?"
)
SIGNED = (
    r"(制表|制单|审核|复核|打印|导出|填报|经办)(人|员|者|日期|时间|单位)?[:：].*|第\d+页.*|共\d+[条页行].*"
    r"|(printed|generated|exported)(on|by|at).*|page\d+.*"
)
SHORT_TOTALS = ("合计", "总计", "小计", "Total", "TOTAL", "total", "Subtotal", "Grand Total")
LINE_OF_FURNITURE = rf"(?s)[\s,;|\"]*({TOTAL}|{SIGNED})([\s,;|\"].*)?"
"""A whole line, as text, that begins as such a row does."""


def is_furniture(cells: Sequence[str], edges: Sequence[str], headings: Mapping[str, str]) -> str:
    """SQL that is true of a faulty row that is none of data: a cell says total, the row repeats the header, or its
    first cell is what reports end with.

    `cells` are SQL columns of texts, `edges` those among them that are the row's first, `headings` the header of each
    canonical column whose text a repeated header row holds.
    """
    conditions = [_matches(_bare(cell), TOTAL) for cell in dict.fromkeys(cells)]
    if edges:
        conditions.append(_matches(_bare(edges[0]), SIGNED))
    repeated = " and ".join(f"{cleaned(f'raw_{name}')} = {literal(heading)}" for name, heading in headings.items())
    return f"({' or '.join([*conditions, *([f'({repeated})'] if repeated else [])])})"


def mark_totals(connection: duckdb.DuckDBPyConnection, extract: Extract) -> None:
    """Mark staged rows that are sound but for an identifier that is the word for a total.

    The statistics of the staging table rule that out nearly always, so that it costs next to nothing. DuckDB looks at
    them for one column a statement, not where conditions on several are joined by OR.
    """
    words = listed(map(literal, SHORT_TOTALS))
    for column in extract.columns:
        if column.required and column.type == Id:
            connection.execute(f"update staged set fault = {FURNITURE} where fault = 0 and {column.name} in ({words})")


def _bare(cell: str) -> str:
    """The cell as one word: 合 计 is 合计."""
    return f"lower(replace(replace({cell}, ' ', ''), '　', ''))"


def _matches(text: str, form: str) -> str:
    return f"coalesce(regexp_full_match({text}, {literal(form)}), false)"
