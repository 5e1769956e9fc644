"""Rows that reports put around their data: totals, repeated headers, who printed it and when."""

from collections.abc import Mapping, Sequence

import duckdb

from etl.contract import Extract, Id
from etl.sql import listed, literal
from etl.values.texts import cleaned
from etl.values.traditional import simplified_sql, spellings

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
AMOUNTS = r"[\s,;|\"\d.%¥￥$()（）+元万亿条箱件-]*"
LINE_OF_FURNITURE = rf"(?s)[\s,;|\"]*(({TOTAL})([\s,;|\"]{AMOUNTS})?|{SIGNED})"
"""A whole line, as text, that is a total and its figures, or what reports end with."""


def is_furniture(
    naming: Sequence[str], edges: Sequence[str], describing: Sequence[str], headings: Mapping[str, str]
) -> str:
    """SQL that is true of a faulty row that is none of data: a total, a repeated header, or what reports end with.

    A total says so in a first cell or where an identifier stands, and leaves most else empty but its figures: a row
    that is filled like its neighbours is data with a fault, whatever word is in it. `naming` are SQL columns of
    identifiers' texts, `edges` those of the row's first cells, `describing` those of all that is no number; `headings`
    gives the header of each canonical column whose text a repeated header row holds.
    """
    says_total = " or ".join(_matches(_bare(cell), TOTAL) for cell in dict.fromkeys([*edges, *naming]))
    filled = [
        f"cast({cleaned(cell)} is not null and not {_matches(_bare(cell), TOTAL)} as integer)" for cell in describing
    ]
    others = [f"cast(not {_matches(_bare(cell), TOTAL)} as integer)" for cell in describing]
    conditions = []
    if says_total:
        conditions.append(f"(({says_total}) and 2 * ({' + '.join(['0', *filled])}) <= {' + '.join(['0', *others])})")
    if edges:
        conditions.append(_matches(_bare(edges[0]), SIGNED))
    repeated = " and ".join(f"{cleaned(f'raw_{name}')} = {literal(heading)}" for name, heading in headings.items())
    return f"({' or '.join([*conditions, *([f'({repeated})'] if repeated else [])]) or 'false'})"


def mark_totals(connection: duckdb.DuckDBPyConnection, extract: Extract) -> None:
    """Mark staged rows that are sound but for an identifier that is the word for a total.

    The statistics of the staging table rule that out nearly always, so that it costs next to nothing. DuckDB looks at
    them for one column a statement, not where conditions on several are joined by OR.
    """
    words = listed(literal(spelling) for word in SHORT_TOTALS for spelling in spellings(word))
    for column in extract.columns:
        if column.required and column.type == Id:
            connection.execute(f"update staged set fault = {FURNITURE} where fault = 0 and {column.name} in ({words})")


def _bare(cell: str) -> str:
    """The cell as one word: 合 计 and 合計 are 合计."""
    return simplified_sql(f"lower(replace(replace({cell}, ' ', ''), '　', ''))")


def _matches(text: str, form: str) -> str:
    return f"coalesce(regexp_full_match({text}, {literal(form)}), false)"
