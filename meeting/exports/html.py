"""A meeting as one file that opens in a browser without a network: the deck as it is presented."""

import json
from collections.abc import Mapping

from plotly.offline import get_plotlyjs

from meeting.deck import Deck
from meeting.paging import paged
from ui.deck import script, style, words
from ui.words import LANGUAGES, speaking

_TAGS = {"zh": "zh-CN", "en": "en"}
_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src \
'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width">
<title>Pinyu 品育</title>
<style>{style}
body {{ margin: 0; }}
@media (prefers-color-scheme: dark) {{ .deck {{ --deck-ink: #e8eef4; --deck-paper: #0f1720; --deck-panel: #1a2632;
  --deck-line: #2c3c4c; --deck-accent: #5aaee8; }} }}
</style>
</head>
<body>
<script>{plotly}</script>
<script>
{script}
const content = {content};
const asked = () => Number(location.hash.slice(1)) || 1;
const onSlide = (slide) => {{ location.hash = slide; }};
const shown = showDeck(document.body, {{ ...content, slide: asked(), onSlide }});
window.addEventListener("hashchange", () => shown.goTo(asked()));
</script>
</body>
</html>
"""


def html_bytes(deck: Deck, names: str = "names", others: Mapping[str, Deck] | None = None) -> bytes:
    """The page of a deck; `others`: the same deck by other ways of names, which N switches to."""
    decks = {names: deck, **(others or {})}
    with speaking(deck.language):
        content = {
            "decks": {way: paged(one).as_json() for way, one in decks.items()},
            "order": list(decks),
            "words": words(),
        }
    return _PAGE.format(
        language=_TAGS[deck.language] if deck.language in LANGUAGES else "",
        style=style(),
        plotly=get_plotlyjs(),
        script=script(),
        content=_harmless(json.dumps(content, ensure_ascii=False, allow_nan=False)),
    ).encode()


def _harmless(text: str) -> str:
    """JSON that no browser takes for the end of a script, or for a line's end within one."""
    for character in ("<", ">", "&", "\u2028", "\u2029"):
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
