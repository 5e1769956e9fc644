"""The agenda, slide by slide: order, titles, notes. Each change is kept at once, unless somebody else was faster."""

from dataclasses import replace

import streamlit as st

from pages.preparing.choose import scope_in_words, scope_on_the_pages
from pages.preparing.problems import tell_later
from ui.agenda import page_title, slide_title
from ui.installation import shared_settings
from ui.words import _, plain
from warehouse.errors import PinyuError
from warehouse.meetings import LONGEST_NOTE, LONGEST_TITLE, Item, Meeting, save_meeting


def agenda_editor(meeting: Meeting) -> None:
    """The slides of the meeting, each with what can be done with it."""
    _scope_row(meeting)
    with st.container(gap="xxsmall"):
        for place, item in enumerate(meeting.agenda):
            _row(meeting, item, place)


def _row(meeting: Meeting, item: Item, place: int) -> None:
    with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
        st.markdown(f"{place + 1}. **{plain(slide_title(item))}** {_about(item)}", width="stretch")
        if page_title(item.page):
            st.page_link(
                f"pages/{item.page}.py",
                label=page_title(item.page),
                icon=":material/open_in_new:",
                query_params={name: list(values) for name, values in meeting.parameters_of(item).items()},
            )
        _edit_button(meeting, item)
        is_first, is_last = place == 0, place == len(meeting.agenda) - 1
        _button(_("Up"), "arrow_upward", f"up_{item.slide_id}", meeting.moving(item.slide_id, -1), off=is_first)
        _button(_("Down"), "arrow_downward", f"down_{item.slide_id}", meeting.moving(item.slide_id, 1), off=is_last)
        _button(_("Take off the agenda"), "delete", f"remove_{item.slide_id}", meeting.without(item.slide_id))
    if item.note:
        st.caption(plain(item.note))


def _about(item: Item) -> str:
    """What tells an item that was pinned from others of its page: the scope of its own, and what it shows."""
    if "period" not in item.parameters:
        return ""
    view = item.parameters.get("view", ())
    return f":gray[{scope_in_words(item.parameters)} · {plain(' · '.join((*view, *item.keys)))}]"


def keep(changed: Meeting) -> None:
    """Keep the meeting as it was changed; where another version stands by now, that is told on the next run."""
    try:
        save_meeting(shared_settings(), changed)
    except PinyuError as problem:
        tell_later(problem)


def _scope_row(meeting: Meeting) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption(
            _("Scope of the slides that have none of their own: {scope}").format(scope=scope_in_words(meeting.scope))
        )
        scope = scope_on_the_pages()
        if scope != dict(meeting.scope):
            st.button(
                _("Take the scope chosen on the pages"),
                key="take_scope",
                type="tertiary",
                icon=":material/filter_alt:",
                on_click=keep,
                args=(replace(meeting, scope=scope),),
            )


def _button(words: str, icon: str, key: str, changed: Meeting, *, off: bool = False) -> None:
    st.button(
        "",
        key=f"agenda_{key}",
        icon=f":material/{icon}:",
        help=words,
        type="tertiary",
        disabled=off,
        on_click=keep,
        args=(changed,),
    )


def _edit_button(meeting: Meeting, item: Item) -> None:
    """Title and note, in fields of their own for each version of the meeting."""
    title, note = (f"agenda_{part}_{item.slide_id}_{meeting.version}" for part in ("title", "note"))

    def words_kept() -> None:
        keep(meeting.telling(item.slide_id, title=st.session_state[title], note=st.session_state[note]))

    with st.popover("", icon=":material/edit:", type="tertiary", help=_("Title and note")):
        st.text_input(
            _("Title"), item.title, key=title, max_chars=LONGEST_TITLE, placeholder=slide_title(replace(item, title=""))
        )
        st.text_area(_("Note"), item.note, key=note, max_chars=LONGEST_NOTE)
        st.button(_("Keep"), key=f"agenda_keep_{item.slide_id}", type="primary", on_click=words_kept)
