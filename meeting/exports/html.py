"""A meeting as one file that opens in a browser without a network: the deck as it is presented."""

import json
from collections.abc import Mapping

from plotly.offline import get_plotlyjs

from meeting.deck import Deck
from meeting.paging import paged
from ui.deck import content, script, style
from ui.words import LANGUAGES, speaking

_TAGS = {"zh": "zh-CN", "en": "en"}
_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src \
'unsafe-inline'; img-src data:">
<meta name="color-scheme" content="light dark">
<meta name="viewport" content="width=device-width">
<title>Pinyu 品育</title>
<style>{style}</style>
</head>
<body>
<script>{plotly}</script>
<script type="module">
{script}
openFile({content});
</script>
</body>
</html>
"""


def html_bytes(deck: Deck, names: str = "names", others: Mapping[str, Deck] | None = None) -> bytes:
    """The page of a deck; `others`: the same deck by other ways of names, which N switches to."""
    decks = {way: paged(one).as_json() for way, one in {names: deck, **(others or {})}.items()}
    with speaking(deck.language):
        shown = content(decks)
    return _PAGE.format(
        language=_TAGS[deck.language] if deck.language in LANGUAGES else "",
        style=style(),
        plotly=get_plotlyjs(),
        script=script(),
        content=_harmless(json.dumps(shown, ensure_ascii=False, allow_nan=False)),
    ).encode()


def _harmless(text: str) -> str:
    """JSON that no browser takes for the end of a script, or for a line's end within one."""
    for character in ("<", ">", "&", "\u2028", "\u2029"):
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
