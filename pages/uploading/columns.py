"""The second step: which header is which column; then the check."""

from collections import Counter
from dataclasses import replace
from functools import partial

import streamlit as st

from etl.contract import Number
from etl.contracts import BY_NAME
from etl.mapping.proposals import samples, unlikely
from etl.mapping.worked_out import amounts, factors
from etl.mapping.written import mapping_text
from pages.uploading.check import begin_check
from pages.uploading.drop import shown_table
from pages.uploading.state import Table, Upload, keep, rules_of, with_days_asked
from ui.installation import shared_settings
from ui.upload.columns import ColumnRow, choice_remarks, columns_editor
from ui.upload.days import DaysRead, day_order_choice
from ui.words import _, language, plain
from warehouse.versions import current_version


def columns_step(given: Upload) -> None:
    """Draw how a table is read and what its headers are; begin the check once all that is needed is there."""
    if not given.tables:
        return
    number = shown_table(given)
    table = given.tables[number]
    if table.extract and not table.look.problem:
        columns, units = columns_editor(_rows(table), _choices(table), key=f"upload-{number}-{table.extract}")
        if (columns, units) != (dict(table.columns), dict(table.units)):
            table = with_days_asked(replace(table, columns=columns, units=units))
            given = given.with_table(number, table)
            keep(given)
        _remarks(table)
        given = _with_day_order(given, number, table)
    elif not table.look.problem:
        st.caption(_("What this table is cannot be told: say it above, under “This is”, or leave it aside."))
    _check_button(given)


def _with_day_order(given: Upload, number: int, table: Table) -> Upload:
    """Ask in which order days are written, where cells fit several."""
    if table.doubt is None:
        return given
    ways = [DaysRead(order.date_format, order.fits, order.samples) for order in table.doubt.orders]
    places = "-".join(str(table.look.header.index(header)) for header in table.day_headers)
    order = day_order_choice(ways, table.doubt.cells, table.date_format, key=f"upload-{number}-days-{places}")
    if order == table.date_format:
        return given
    given = given.with_table(number, replace(table, date_format=order))
    keep(given)
    return given


def _check_button(given: Upload) -> None:
    """The way on, once no needed column is missing."""
    missing = {table.look.name: table.missing for table in given.taken if table.missing}
    undecided = [table.look.name for table in given.taken if table.is_undecided]
    shared = current_version(shared_settings().warehouse)
    with st.container(horizontal=True, vertical_alignment="center"):
        ways = {"alone": _("By itself"), "over": _("Over what everybody sees")}
        way = st.segmented_control(
            _("Look at it"),
            list(ways) if shared else ["alone"],
            format_func=ways.__getitem__,
            default="over" if given.is_over else "alone",
            required=True,
            label_visibility="collapsed",
            key="upload_way",
        )
        is_ready = bool(given.taken) and not missing and not undecided
        if st.button(_("Check"), type="primary", icon=":material/rule:", disabled=not is_ready, key="upload_check"):
            begin_check(replace(given, is_over=way == "over"))
            st.rerun()
        if is_ready:
            st.download_button(
                _("Mapping for the command line"),
                partial(mapping_text, rules_of(given)),
                file_name="mapping.toml",
                mime="application/toml",
                type="tertiary",
                icon=":material/download:",
                on_click="ignore",
                key="upload_mapping",
            )
    for name, columns in missing.items():
        extract = next(table.extract for table in given.taken if table.look.name == name)
        titles = ", ".join(column_title(extract, column) for column in columns)
        st.caption(_("{table} still needs: {columns}").format(table=plain(name), columns=titles))
    for name in undecided:
        st.caption(_("{table} still needs your word on how its days are written").format(table=plain(name)))


def _needed(table: Table) -> set[str]:
    """The columns that every row must have; of two that stand in for each other the one that has a header, or both."""
    columns = BY_NAME[table.extract].columns
    pairs = [{column.name, column.instead} - {""} for column in columns if column.required]
    return {name for pair in pairs for name in (pair & set(table.columns) or pair)}


def _remarks(table: Table) -> None:
    """What the choice of headers leaves to be seen."""
    header = table.look.header
    taken = Counter(table.columns.values())
    used = {part for chosen in taken for part in factors(chosen, header) or (chosen,)}
    wrong = unlikely(BY_NAME[table.extract], table.look, table.columns)
    choice_remarks(
        unused=[name for name in header if name.strip() and name not in used],
        doubled=[chosen for chosen, count in taken.items() if count > 1],
        unlikely={column_title(table.extract, name): table.columns[name] for name in wrong},
    )


def _choices(table: Table) -> list[str]:
    """The headers of a table, and what its amount can be worked out as where it has prices but no amount."""
    header = table.look.header
    return list(dict.fromkeys([*header, *amounts(header, table.columns.get("qty", "")), *table.columns.values()]))


def _rows(table: Table) -> list[ColumnRow]:
    extract = BY_NAME[table.extract]
    rows = []
    needed = _needed(table)
    for proposal in table.proposals:
        column, header = proposal.column, table.columns.get(proposal.column.name, "")
        is_proposed = header == proposal.header
        rows.append(
            ColumnRow(
                name=column.name,
                title=column_title(extract.name, column.name),
                is_required=column.name in needed,
                header=header,
                confidence=proposal.confidence if is_proposed else 1.0,
                why=proposal.why if is_proposed else "chosen",
                samples=proposal.samples if is_proposed else samples(table.look, header),
                unit=table.units.get(column.name, ""),
                units=list(column.type.units) if isinstance(column.type, Number) else [],
            )
        )
    return rows


def column_title(extract: str, name: str) -> str:
    """What a column is called: its first Chinese alias, or its own name."""
    column = BY_NAME[extract].column(name)
    chinese = next((alias for alias in column.aliases if not alias.isascii()), name)
    return chinese if language() == "zh" else name.replace("_", " ")
