"""Choosing or dropping files, said in the screen's language."""

import json
from collections.abc import Sequence
from typing import IO, Literal

import streamlit as st

from ui.words import _

Stretch = int | Literal["stretch"]


def file_choice(
    label: str, *, most_megabytes: int, key: str, kinds: Sequence[str] | None = None, width: Stretch = "stretch"
) -> list[tuple[str, IO[bytes]]]:
    """Draw the place to drop files of these kinds, any where there are none; give the name and content of each."""
    st.html(f"<style>{_own_words(most_megabytes)}</style>")
    dropped = st.file_uploader(
        label, type=kinds, accept_multiple_files=True, max_upload_size=most_megabytes, key=key, width=width
    )
    return [(file.name, file) for file in dropped or ()]


def _own_words(most_megabytes: int) -> str:
    """The component has English words of its own and no way to change them: ours are laid over them."""
    most = f"{most_megabytes / 1000:,g} GB" if most_megabytes >= 1000 else f"{most_megabytes:,} MB"
    words = {
        "[data-testid=stFileUploaderDropzone] button p": _("Choose files"),
        "[data-testid=stFileUploaderDropzoneInstructions] span": _("each at most {size}").format(size=most),
    }
    return "".join(
        f"{part} {{ font-size: 0; }} {part}::after {{ content: {_css_string(text)}; font-size: 1rem; }}"
        for part, text in words.items()
    )


def _css_string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("<", r"\3c ")
