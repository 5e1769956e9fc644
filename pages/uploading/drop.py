"""The first step: files come in, and each table in them is recognised."""

from dataclasses import replace

import streamlit as st

from etl.contracts import EXTRACTS
from etl.reading.archive import TEXT_SUFFIXES
from pages.uploading.state import Table, Upload, found_in, keep, table_of
from ui.installation import shared_settings
from ui.page import no_data
from ui.private import leave, mark_own_files, own_layer, unmark_own_files
from ui.reading import extract_title, tell
from ui.told import in_words
from ui.upload.drop import drop_zone, empty_the_zone, table_choice
from ui.upload.reading import Reading, preview, reading_choice
from ui.words import _, plain
from warehouse.errors import PinyuError
from warehouse.private import forget_files, keep_file
from warehouse.settings import in_bytes


def drop_step(given: Upload) -> None:
    """Take what is dropped; show what each table was taken for, and how it is read."""
    most = in_bytes(shared_settings().upload_limit)
    if given.tables:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(", ".join(f"**{plain(name)}**" for name in given.names), width="stretch")
            other_files("upload_anew")
        return
    dropped = drop_zone(round(most / 1e6))
    if not dropped:
        return
    taken = given
    for name, content in dropped:
        try:
            path = keep_file(own_layer(), name, content, most)
            taken = replace(taken, files=(*taken.files, path), tables=(*taken.tables, *found_in(path)))
        except PinyuError as error:
            tell(error)
    if taken.tables:
        keep(taken)
        mark_own_files()
        empty_the_zone()
        st.rerun()


def other_files(key: str) -> None:
    """The way back to the beginning, where other files can be dropped."""
    if st.button(_("Other files"), icon=":material/restart_alt:", type="tertiary", key=key):
        begin_again()
        st.rerun()


def begin_again() -> None:
    """Let go of the files that came so far, and of what was said of them; nothing is looked at any more."""
    leave()
    forget_files(own_layer())
    unmark_own_files()
    keep(Upload())


def shown_table(given: Upload) -> int:
    """Draw the choice among the tables, and how the chosen one is read; gives its place."""
    first = next((number for number, table in enumerate(given.tables) if table in given.taken), 0)
    number = table_choice([table.look.name for table in given.tables], list(map(_mark, given.tables)), first)
    table = given.tables[number]
    key = f"upload-{number}"
    is_text = bool(table.look.delimiter)
    if table.look.problem:
        no_data(in_words(table.look.problem, table.look.hint))
        # What cannot be read may be readable in another encoding.
        is_text = table.path.suffix.lower() in TEXT_SUFFIXES
        if not is_text:
            return number
    found = Reading(table.extract, table.look.encoding, table.look.delimiter, table.look.header_line)
    chosen = reading_choice(found, [extract.name for extract in EXTRACTS], is_text=is_text, key=key)
    if chosen != found:
        keep(given.with_table(number, _read_anew(table, found, chosen)))
        st.rerun()
    if not table.look.problem:
        preview(table.look.header, table.look.rows, key=key)
    return number


def _mark(table: Table) -> str:
    """What a table is, or what it still needs."""
    if not table.extract or not table.is_taken:
        return _("nothing to load")
    if table.missing or table.is_undecided:
        return _("{extract}, incomplete").format(extract=extract_title(table.extract))
    return extract_title(table.extract)


def _read_anew(table: Table, found: Reading, chosen: Reading) -> Table:
    """The table read, or taken, as a person says."""
    if (chosen.encoding, chosen.delimiter, chosen.header_line) == (
        found.encoding,
        found.delimiter,
        found.header_line,
    ):
        return table_of(table.path, table.look, chosen.extract, table.options)
    options = replace(
        table.options, encoding=chosen.encoding, delimiter=chosen.delimiter, header_line=chosen.header_line
    )
    again = [each for each in found_in(table.path, options) if each.look.sheet == table.look.sheet]
    return again[0] if again else table
