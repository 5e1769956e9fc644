"""What a person chose on a screen, written as a mapping file: the one way to say how a file is to be read."""

import re
from collections.abc import Mapping, Sequence

import tomli_w

from etl.look import Look
from etl.mapping.headers import unit_named
from etl.mapping.rules import rule
from etl.mapping.worked_out import expression_of
from etl.reading.source import Options

SPECIAL = re.compile(r"[*?\[]")
COMMENT = """\
# pattern says which files a rule is for: change it (/october*.csv) so that it fits the files to come.
# Load by it with: python -m etl load FILES --mapping THIS
"""


def rule_of(
    look: Look,
    extract: str,
    columns: Mapping[str, str],
    units: Mapping[str, str],
    options: Options,
    date_format: str = "",
) -> dict[str, object]:
    """The rule, as it stands in a mapping file, by which just this table is read as an extract.

    `columns` gives each canonical column its header or what it is worked out as (worked_out.py), or "" where it has
    none; nothing else is taken from the file. What a remembered mapping makes of several headers stays for columns that
    are not spoken of. `units` and `options` are what the person confirmed. Raises MappingProblem where a column or a
    unit means nothing for the extract.
    """
    entry: dict[str, object] = {"pattern": pattern_of(look.file), "extract": extract, "guess": False}
    entry |= _stated(look, options)
    entry |= {"date_format": date_format} if date_format else {}
    kept = _kept(look, extract)
    made_of_several = {name: part for name, part in _columns(kept).items() if not isinstance(part, str)}
    chosen = {name: expression_of(header, look.header) for name, header in columns.items() if header}
    entry["columns"] = {**{name: part for name, part in made_of_several.items() if name not in columns}, **chosen}
    known_units = {name: unit_named(unit) for name, unit in units.items() if unit}
    entry |= {"units": known_units} if known_units else {}
    entry |= {key: kept[key] for key in ("join", "unpivot") if key in kept}
    rule(entry, look.name)
    return entry


def pattern_of(file: str) -> str:
    """The pattern that fits a file of just that name; one in an archive has the archive's name before it."""
    return ("" if "/" in file else "/") + SPECIAL.sub(r"[\g<0>]", file)


def mapping_text(rules: Sequence[Mapping[str, object]]) -> str:
    """A mapping file (TOML) of these rules: files that none of them is for are left aside."""
    return COMMENT + tomli_w.dumps({"only": True, "file": list(rules)})


def _stated(look: Look, options: Options) -> dict[str, object]:
    """What was stated rather than found out, and the sheet where the workbook has several."""
    sheet = options.sheet or ("" if look.is_only_sheet else look.sheet)
    stated = {
        "encoding": options.encoding,
        "delimiter": options.delimiter,
        "sheet": look.sheet if sheet else "",
        "header_line": options.header_line if options.header else 0,
        "names": list(options.columns),
    }
    return {key: part for key, part in stated.items() if part} | ({} if options.header else {"header": False})


def _kept(look: Look, extract: str) -> Mapping[str, object]:
    """The remembered rule of the same extract as it is written, or nothing."""
    known = look.rule
    return known.stated if known is not None and known.extract in ("", extract) else {}


def _columns(entry: Mapping[str, object]) -> Mapping[str, object]:
    columns = entry.get("columns", {})
    return columns if isinstance(columns, Mapping) else {}
