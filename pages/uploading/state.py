"""What a session has dropped and chosen so far: kept from run to run, made into a mapping file for loading."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import streamlit as st

from etl.contract import Date
from etl.contracts import BY_NAME
from etl.job import Job, Outcome
from etl.look import Look, look_at
from etl.mapping.day_orders import DayOrders, day_orders
from etl.mapping.proposals import Proposal, propose, proposed_unit, taken_for
from etl.mapping.remembered import recall
from etl.mapping.written import rule_of
from etl.plan import limits_of
from etl.reading.source import Options
from etl.values.dates import order_of
from ui.installation import shared_settings
from ui.private import own_layer

_KEY = "upload"


@dataclass(frozen=True)
class Table:
    """A table found in a file, and what a person says of it: which extract it is, columns, units, how it is read.

    `proposals` are those for the columns of the extract. `doubt` is how the cells below `days_asked`, the headers of
    its days, may be read, None where they are clear; `date_format` is the order that was found or chosen.
    """

    path: Path
    look: Look
    extract: str
    columns: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    options: Options = field(default_factory=Options)
    is_taken: bool = True
    proposals: tuple[Proposal, ...] = ()
    days_asked: tuple[str, ...] = ()
    doubt: DayOrders | None = None
    date_format: str = ""

    @property
    def rule(self) -> dict[str, object]:
        """All that is said of it, as an entry of a mapping file."""
        return rule_of(self.look, self.extract, self.columns, self.units, self.options, self.date_format)

    @property
    def day_headers(self) -> tuple[str, ...]:
        """The headers that days are taken from."""
        kinds = {column.name: column.type for column in BY_NAME[self.extract].columns}
        return tuple(
            header for name, header in self.columns.items() if kinds[name] == Date and header in self.look.header
        )

    @property
    def is_undecided(self) -> bool:
        """Whether its days can be read in several ways and nobody has said which holds."""
        return self.doubt is not None and not self.date_format

    @property
    def missing(self) -> list[str]:
        """Required columns of the extract that have no header yet."""
        if not self.extract:
            return []
        columns = BY_NAME[self.extract].columns
        return [
            column.name
            for column in columns
            if column.required and not column.default and not {column.name, column.instead} & set(self.columns)
        ]


@dataclass(frozen=True)
class Mended:
    """A file of rows that were kept out and mended, with the rule that it is loaded by."""

    path: Path
    rule: Mapping[str, object]


@dataclass(frozen=True)
class Upload:
    """Files kept in the session's own folder, the tables in them, and how far the load is.

    `mended` are files of kept-out rows; `is_over` says whether all come over a copy of what everybody sees; `purpose`
    is what the running or last load is for: check, mend or publish. `told` are the reports of the files loaded before
    the last load.
    """

    files: tuple[Path, ...] = ()
    tables: tuple[Table, ...] = ()
    mended: tuple[Mended, ...] = ()
    told: tuple[Mapping[str, Any], ...] = ()
    is_over: bool = False
    purpose: str = ""
    job: Job | None = None
    outcome: Outcome | None = None

    @property
    def names(self) -> list[str]:
        """What people call the files."""
        return [path.name for path in self.files]

    @property
    def taken(self) -> list[Table]:
        """The tables to load."""
        return [table for table in self.tables if table.is_taken and table.extract]

    def with_table(self, number: int, table: Table) -> "Upload":
        """The same with another table in that place; what was checked before holds no longer."""
        tables = (*self.tables[:number], table, *self.tables[number + 1 :])
        return replace(self, tables=tables, job=None, outcome=None, mended=(), told=())


def upload() -> Upload:
    """What this session has so far; nothing once its files have gone, after twelve hours."""
    kept: Upload = st.session_state.get(_KEY) or Upload()
    return kept if all(file.exists() for file in kept.files) else Upload()


def keep(changed: Upload) -> None:
    """Keep it for the next run."""
    st.session_state[_KEY] = changed


def found_in(path: Path, options: Options | None = None) -> list[Table]:
    """The tables of a kept file, each with what is proposed for it."""
    settings, layer = shared_settings(), own_layer()
    scratch = layer.folder / "scratch"
    scratch.mkdir(exist_ok=True)
    options = options or Options()
    # What was checked here before, and published by nobody, is remembered for this session.
    known = recall(settings.warehouse, layer.warehouse)
    looks = look_at(path, scratch, options, limits_of(settings), known)
    return [table_of(path, look, taken_for(look), options) for look in looks]


def table_of(path: Path, look: Look, extract: str, options: Options) -> Table:
    """A table as an extract, with the proposed header and unit of each column."""
    if not extract or look.problem:
        return Table(path, look, "", options=options, is_taken=False)
    proposals = propose(BY_NAME[extract], look)
    columns = {proposal.column.name: proposal.header for proposal in proposals if proposal.header}
    units = {proposal.column.name: unit for proposal in proposals if (unit := proposed_unit(proposal))}
    known = order_of(look.rule.date_format) if look.rule is not None and look.rule.extract in ("", extract) else ""
    table = Table(path, look, extract, columns, units, options, proposals=proposals, date_format=known)
    return with_days_asked(table)


def with_days_asked(table: Table) -> Table:
    """The table with its days looked at, where other columns are taken for days than when they last were.

    An order that was remembered stays; else the one that fits all cells is taken, where there is just one.
    """
    headers = table.day_headers
    if headers == table.days_asked:
        return table
    scratch, limits = own_layer().folder / "scratch", limits_of(shared_settings())
    doubt = day_orders(table.path, table.look, headers, table.options, scratch, limits)
    known = "" if table.days_asked else table.date_format
    return replace(table, days_asked=headers, doubt=doubt, date_format=known or (doubt.certain if doubt else ""))


def rules_of(given: Upload) -> list[Mapping[str, object]]:
    """The rules that say all that was chosen, those of mended files among them."""
    return [*(table.rule for table in given.taken), *(mended.rule for mended in given.mended)]
