"""A dropped file looked at before anything is loaded: what tables it holds, how they read, and what they seem to be.

It is opened by the code that loading opens it with, as far as its first lines go.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb

from etl.contracts.flat_sales import FLAT_SALES
from etl.contracts.sales import SALES
from etl.errors import FileProblem, NotRecognised
from etl.mapping.headers import recognise
from etl.mapping.profile import OFFLINE, Profile, profiles
from etl.mapping.rules import Rule
from etl.plan import Knowledge, Limits, remembered_rules, spoken_name, surroundings
from etl.reading.archive import Document, documents, shown_name
from etl.reading.source import GLANCE_ROWS, Options, Source, Surroundings, open_sources, with_plain_line_ends
from etl.staging.stage import MIXED_LINE_ENDS

SHOWN_ROWS = 50
SAMPLE_CELLS = 100_000


@dataclass(frozen=True)
class Look:
    """One table of a file, as it would be read.

    `name` is the file's, with the sheet in brackets where the workbook has several; `file` what a rule's pattern is
    held against. `header_line` is the line of the header as a person counts, 0 where there is none. `sample` are its
    first rows as texts, of which `rows` are for showing. `units` are those that titles state for the whole table.
    `extract` is the name of the extract that its headers, or the rule remembered for them, make it; empty where nobody
    can tell. `problem` says why a file cannot be read and `hint` what to do; all but its names is empty then.
    """

    name: str
    file: str
    sheet: str = ""
    is_only_sheet: bool = True
    encoding: str = ""
    delimiter: str = ""
    header_line: int = 0
    header: tuple[str, ...] = ()
    sample: tuple[tuple[str | None, ...], ...] = field(default=(), repr=False)
    units: tuple[str, ...] = ()
    extract: str = ""
    rule: Rule | None = None
    problem: str = ""
    hint: str = ""

    @property
    def rows(self) -> tuple[tuple[str | None, ...], ...]:
        """The first fifty data rows as texts, totals and all."""
        return self.sample[:SHOWN_ROWS]

    @cached_property
    def profiles(self) -> list[Profile]:
        """What its columns are like; worked out once, for it takes a tenth of a second and more."""
        return profiles(self.header, self.sample, len(self.rows))

    @property
    def is_recalled(self) -> bool:
        """Whether a mapping is remembered for its headers."""
        return self.rule is not None


def look_at(
    path: Path,
    workdir: Path,
    options: Options | None = None,
    limits: Limits | None = None,
    remembered: Mapping[str, tuple[Rule, ...]] | None = None,
) -> list[Look]:
    """What the tables of a file are: one, or one a sheet of a workbook and a member of an archive.

    `workdir` is a folder for copies. Of a text, packed or not, only the beginning is read, of an archive and a workbook
    as much as must be unpacked. What cannot be read gives a look that says why; nothing is raised.
    """
    knowledge = Knowledge(remembered=remembered or {})
    around = surroundings(knowledge, workdir, limits or Limits(), is_glance=True)
    try:
        found, aside = documents(path, workdir, around.budget, is_glance=True)
    except FileProblem as problem:
        return [_refused(shown_name(path.name), problem)]
    return [
        *(look for document in found for look in _looks(document, options or Options(), around, knowledge.remembered)),
        *(_refused(name, _of_no_kind(name)) for name in aside),
    ]


def _looks(
    document: Document, options: Options, around: Surroundings, remembered: Mapping[str, tuple[Rule, ...]]
) -> Iterator[Look]:
    try:
        for source in open_sources(document, options, around):
            yield _look(source, around, remembered)
    except FileProblem as problem:
        yield _refused(document.name, problem)


def _look(source: Source, around: Surroundings, remembered: Mapping[str, tuple[Rule, ...]]) -> Look:
    rule = next(iter(remembered_rules(source, remembered)), None)
    return Look(
        name=source.name,
        file=source.document.name,
        sheet=source.sheet,
        is_only_sheet=source.is_only_sheet,
        encoding=source.encoding,
        delimiter=source.layout.delimiter if source.layout and not source.sheet else "",
        header_line=source.header_line,
        header=source.header,
        sample=_first_rows(source, around.workdir),
        units=source.units,
        extract=rule.extract if rule and rule.extract else _recognised(source),
        rule=rule,
    )


def _recognised(source: Source) -> str:
    try:
        match = recognise(source.name, spoken_name(source), source.header)
    except NotRecognised:
        return ""
    # A file that is only called sales may as well be a flat one: its values tell more than its name.
    return "" if match.missing and match.extract in (SALES, FLAT_SALES) else match.extract.name


def _first_rows(source: Source, workdir: Path) -> tuple[tuple[str | None, ...], ...]:
    most = max(SHOWN_ROWS, min(GLANCE_ROWS, SAMPLE_CELLS // max(1, len(source.header))))
    return tuple(asked(source, workdir, lambda reading: f"select * from ({reading}) limit {most}"))


def asked(source: Source, workdir: Path, question: Callable[[str], str]) -> list[Any]:
    """Rows of a question (SQL) about a source, made of the SQL that reads it; FileProblem where it cannot be read."""
    try:
        with duckdb.connect(config=OFFLINE) as connection:
            try:
                return connection.sql(question(source.reading("malformed"))).fetchall()
            except duckdb.Error as error:
                if MIXED_LINE_ENDS not in str(error) or source.text is None:
                    raise
                return connection.sql(question(with_plain_line_ends(source, workdir).reading("malformed"))).fetchall()
    except duckdb.Error as error:
        raise FileProblem(
            f"{source.name} cannot be read: {str(error).splitlines()[0]}.", "Check the file, then export it again."
        ) from error


def _of_no_kind(name: str) -> FileProblem:
    return FileProblem(f"{name} is of a kind that cannot be loaded.", "It is left aside.")


def _refused(name: str, problem: FileProblem) -> Look:
    return Look(name=name, file=name, problem=problem.message, hint=problem.hint)
