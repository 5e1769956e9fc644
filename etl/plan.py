"""Before anything is written: which files there are, what each is, and where its columns come from."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.contract import Extract
from etl.contracts import BY_NAME, EXTRACTS
from etl.errors import FileProblem
from etl.mapping.headers import match_headers, recognise, require_all
from etl.mapping.prepare import Prepared, prepare
from etl.mapping.rules import FileMapping, Rule
from etl.reading.source import is_readable, open_source


@dataclass(frozen=True)
class Planned:
    """A file ready to be staged: what it is, and the headers found for its columns."""

    prepared: Prepared
    extract: Extract
    headers: Mapping[str, str]

    @property
    def fingerprint(self) -> str:
        """A hash of all that decides what the file's rows become: its bytes, those joined to it, and its mapping."""
        parts = [self.prepared.source.sha256, self.extract.name, repr(self.prepared.rule), repr(dict(self.headers))]
        parts += [source.sha256 for _, source in self.prepared.joined]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def plan_files(paths: Sequence[Path], mapping: FileMapping, workdir: Path) -> tuple[list[Planned], list[Path]]:
    """The files to load, masters first, and those left aside because the mapping names others only."""
    planned: list[Planned] = []
    skipped: list[Path] = []
    for path in _all_files(paths):
        rules = mapping.rules_for(path)
        planned += [_plan(path, rule, workdir) for rule in rules]
        skipped += [] if rules else [path]
    if not planned:
        raise FileProblem(
            f"There is nothing to load in {', '.join(map(str, paths))}.",
            "Give files or a folder with CSV, TSV, Excel or Parquet files.",
        )
    order = {extract.name: number for number, extract in enumerate(EXTRACTS)}
    return sorted(planned, key=lambda plan: order[plan.extract.name]), skipped


def _plan(path: Path, rule: Rule, workdir: Path) -> Planned:
    source = open_source(path, rule.options, workdir)
    prepared = prepare(source, rule, workdir)
    header = tuple(prepared.columns) if not prepared.is_plain else source.header
    if rule.extract:
        match = match_headers(BY_NAME[rule.extract], header, rule.columns)
    else:
        match = recognise(source.name, source.stem, header)
        given = [name for name in rule.columns if name in match.extract.names]
        match = match_headers(match.extract, header, given)
    require_all(match, source.name, header)
    return Planned(prepared, match.extract, match.headers)


def _all_files(paths: Sequence[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = [file for file in path.iterdir() if file.is_file() and not file.name.startswith((".", "~$"))]
            files += sorted((file for file in inside if is_readable(file)), key=lambda file: file.name)
        elif path.exists():
            files.append(path)
        else:
            raise FileProblem(f"There is no file or folder {path}.", "Check the path.")
    return files
