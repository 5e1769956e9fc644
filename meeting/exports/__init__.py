"""A frozen meeting as files: what each format is made by."""

from collections.abc import Callable, Mapping

from meeting.deck import Deck
from meeting.exports.html import html_bytes
from meeting.exports.pptx import pptx_bytes
from meeting.exports.xlsx import xlsx_bytes

EXPORTS: Mapping[str, Callable[[Deck], bytes]] = {
    "pptx": pptx_bytes,
    "xlsx": xlsx_bytes,
    "html": html_bytes,
}
"""By the ending of the file's name."""
