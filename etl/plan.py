"""Before anything is written: which files there are, what each is, and where its columns come from."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from etl.contract import Extract
from etl.contracts import BY_NAME, EXTRACTS
from etl.errors import FileProblem, MissingColumns, NotRecognised
from etl.mapping.expressions import header_named
from etl.mapping.headers import is_known, is_summed, match_headers, plain, recognise
from etl.mapping.prepare import Prepared, prepare
from etl.mapping.remembered import fingerprint
from etl.mapping.rules import FileMapping, Rule, require_known_units
from etl.mapping.suggestions import Confirm, complete
from etl.reading.archive import Budget, Document, documents, is_meant, is_readable, shown_name
from etl.reading.returned import is_reason
from etl.reading.source import Options, Source, Surroundings, open_sources
from warehouse.settings import Settings, in_bytes

WORKBOOK_SHARE = 0.25
"""How much of the memory a workbook may unpack to: its reader holds texts more than once while it reads them."""


@dataclass(frozen=True)
class Planned:
    """A table ready to be staged: what it is, and the headers found for its columns.

    `to_remember` is the mapping that a person gave or confirmed; `is_recalled` says that one of an earlier load serves.
    """

    prepared: Prepared
    extract: Extract
    headers: Mapping[str, str]
    to_remember: Mapping[str, object] = field(default_factory=dict)
    is_recalled: bool = False

    @property
    def fingerprint(self) -> str:
        """A hash of all that decides what the file's rows become: its bytes, those joined to it, and its mapping."""
        source, rule = self.prepared.source, replace(self.prepared.rule, pattern="")
        parts = [source.sha256, source.sheet, self.extract.name, repr(rule), repr(dict(self.headers))]
        parts += [other.sha256 for _, other in self.prepared.joined]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    @property
    def layout(self) -> dict[str, object]:
        """How the file was read: its header, the header that each column comes from, what holds for all of it."""
        source, rule = self.prepared.source, self.prepared.rule
        named = {**self.headers, **{name: part for name, part in rule.columns.items() if isinstance(part, str)}}
        taken = {name: header_named(header, self.prepared.columns) for name, header in named.items()}
        return {"header": source.header, "taken": taken, "units": source.units, "is_1904": source.is_1904}

    @property
    def unused(self) -> tuple[str, ...]:
        """The headers of the file that nothing is taken from."""
        spoken_of = {plain(name) for name in (*self.headers.values(), *self.prepared.rule.headers)}
        return tuple(name for name in self.prepared.source.header if name.strip() and plain(name) not in spoken_of)


@dataclass(frozen=True)
class Plan:
    """The tables to load, masters first, and the names of what is left aside."""

    tables: tuple[Planned, ...]
    aside: tuple[str, ...]


@dataclass(frozen=True)
class Knowledge:
    """What is known before a file is opened: mappings given and remembered, options, and who confirms suggestions."""

    mapping: FileMapping = field(default_factory=FileMapping)
    remembered: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    options: Options = field(default_factory=Options)
    confirm: Confirm | None = None


@dataclass(frozen=True)
class Limits:
    """How much is read at most: bytes unpacked from all files and from one workbook, columns."""

    unpacked_bytes: int = 20 * 10**9
    workbook_bytes: int = 10**9
    columns: int = 1000


def limits_of(settings: Settings) -> Limits:
    """How much an installation reads at most."""
    return Limits(
        in_bytes(settings.unpacked_limit),
        round(in_bytes(settings.memory_limit) * WORKBOOK_SHARE),
        settings.column_limit,
    )


def plan_files(paths: Sequence[Path], knowledge: Knowledge, workdir: Path, limits: Limits | None = None) -> Plan:
    """What there is to load in files and folders. Raises FileProblem where something cannot be understood."""
    around = surroundings(knowledge, workdir, limits or Limits())
    planned: list[Planned] = []
    aside: list[str] = []
    files, ignored = _all_files(paths)
    aside += ignored
    for path in files:
        found, unreadable = documents(path, workdir, around.budget)
        aside += unreadable
        for document in found:
            rules = knowledge.mapping.rules_for(document.name)
            aside += [] if rules else [document.name]
            for rule in rules:
                tables, left = _plan(document, rule, knowledge, around)
                planned += tables
                aside += left
    if not planned:
        raise FileProblem(
            f"There is nothing to load in {', '.join(map(str, paths))}.",
            "Give files or a folder with CSV, TSV, Excel or Parquet files.",
        )
    order = {extract.name: number for number, extract in enumerate(EXTRACTS)}
    return Plan(tuple(sorted(planned, key=lambda plan: order[plan.extract.name])), tuple(aside))


def surroundings(knowledge: Knowledge, workdir: Path, limits: Limits, is_glance: bool = False) -> Surroundings:
    """What opening files depends on, given what is known; `is_glance` says that their beginning will do."""
    headers = {plain(name) for rule in _all_rules(knowledge) for name in rule.headers}
    return Surroundings(
        workdir=workdir,
        budget=Budget(limits.unpacked_bytes),
        workbook_bytes=limits.workbook_bytes,
        most_columns=limits.columns,
        recognises=lambda text: is_known(text) or is_reason(text) or (plain(text) in headers),
        is_measure=is_summed,
        is_glance=is_glance,
    )


def _plan(
    document: Document, rule: Rule, knowledge: Knowledge, around: Surroundings
) -> tuple[list[Planned], list[str]]:
    """The tables of one document; of a workbook's sheets those are left aside that are no extract, unless all are."""
    sources = open_sources(document, _stated(rule.options, knowledge.options), around)
    planned: list[Planned] = []
    aside: list[str] = []
    problem: FileProblem | None = None
    for source, each, is_recalled in _with_rules(sources, rule, knowledge):
        try:
            planned.append(_plan_source(source, each, is_recalled, knowledge.confirm, around))
        except (NotRecognised, MissingColumns) as error:
            problem = problem or error
            aside.append(source.name)
    if problem is not None and not planned:
        raise problem
    return planned, aside


def _with_rules(sources: Sequence[Source], rule: Rule, knowledge: Knowledge) -> Iterator[tuple[Source, Rule, bool]]:
    """Each source with the rule given, or with those remembered for its headers where none was."""
    for source in sources:
        usable = [] if rule.stated else remembered_rules(source, knowledge.remembered)
        for each in usable:
            yield source, replace(each, options=rule.options), True
        if not usable:
            yield source, rule, False


def remembered_rules(source: Source, remembered: Mapping[str, tuple[Rule, ...]]) -> list[Rule]:
    """The remembered rules for a table's headers, those whose joined files lie beside it."""
    folder = source.document.folder
    known = remembered.get(fingerprint(source.header), ())
    return [rule for rule in known if all((folder / join.file).exists() for join in rule.joins)]


def _plan_source(
    source: Source, rule: Rule, is_recalled: bool, confirm: Confirm | None, around: Surroundings
) -> Planned:
    prepared = prepare(source, rule, around)
    header = tuple(prepared.columns) if not prepared.is_plain else source.header
    extract = BY_NAME[rule.extract] if rule.extract else recognise(source.name, spoken_name(source), header).extract
    given = [name for name in rule.columns if name in extract.names]
    match = match_headers(extract, header if rule.guess else (), given)
    require_known_units(extract, rule.units, f"The mapping of {source.name}")
    confirmed = complete(match, source.name, header, confirm)
    to_remember = {} if is_recalled else dict(rule.stated)
    if confirmed:
        to_remember = {**rule.stated, "extract": match.extract.name, "columns": {**rule.columns, **confirmed}}
    return Planned(prepared, match.extract, {**match.headers, **confirmed}, to_remember, is_recalled)


def spoken_name(source: Source) -> str:
    """What the table is called: the sheet's name serves too where a workbook has several."""
    return source.stem if source.is_only_sheet else f"{source.sheet} {source.stem}"


def _stated(mapped: Options, given: Options) -> Options:
    """The mapping's options, and those of the command line where it says nothing."""
    return replace(
        mapped,
        encoding=mapped.encoding or given.encoding,
        delimiter=mapped.delimiter or given.delimiter,
        sheet=mapped.sheet or given.sheet,
        header_line=mapped.header_line or given.header_line,
    )


def _all_rules(knowledge: Knowledge) -> list[Rule]:
    return [*knowledge.mapping.rules, *(rule for rules in knowledge.remembered.values() for rule in rules)]


def _all_files(paths: Sequence[Path]) -> tuple[list[Path], list[str]]:
    """The files given and those in folders given, and the names of what lies there beside them."""
    files: list[Path] = []
    ignored: list[str] = []
    for path in paths:
        if path.is_dir():
            inside = sorted((each for each in path.iterdir() if is_meant(each.name)), key=lambda each: each.name)
            files += (each for each in inside if each.is_file() and is_readable(each))
            ignored += (shown_name(each.name) for each in inside if each.is_file() and not is_readable(each))
            ignored += (f"{shown_name(each.name)}/" for each in inside if each.is_dir())
        elif path.exists():
            files.append(path)
        else:
            raise FileProblem(f"There is no file or folder {path}.", "Check the path.")
    return files, ignored
