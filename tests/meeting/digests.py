"""A deck made by hand, hostile names in every part of it, for tests of the digest and of sending it."""

from meeting.deck import Deck, Slide
from ui.blocks import Block, Field, Tile
from ui.decisions import Shown, state_words
from ui.words import speaking

HOSTILE = "<img src=x onerror=alert(1)> [a](http://b) **x** `y` <@all>"
FIELDS = tuple(Field(name, name, "text") for name in ("state", "words", "owner", "due_on", "figure", "moved", "goal"))


def decisions_block(key: str, language: str, *rows: tuple[str, Shown]) -> Block:
    """Decisions by their words and state."""
    with speaking(language):
        told = [(words, state_words(state)) for words, state in rows]
    return Block(
        key,
        "table",
        fields=FIELDS,
        rows=tuple((state, words, "王小明", "2026-12-07", "Amount", "100 → 150", "200") for words, state in told),
        written=tuple((state, words[:9], "王小明", "12-07", "Amount", "100 → 150", "200") for words, state in told),
    )


def deck(language: str = "zh", lines: int = 1) -> Deck:
    """Two tiles, so many sentences of what changed, an exception, and decisions in every state."""
    tiles = (
        Tile("amount", "销售额", 1.0, "120万", "+5.0%", "同比 +2.0%"),
        Tile("strike_rate", "拜访成功率", None, "—", reason="没有拜访。"),
    )
    changes = tuple(f"{number}: {HOSTILE}" for number in range(lines))
    slides = (
        Slide(
            "last",
            "",
            blocks=(decisions_block("last-decisions", language, ("开着的", "open"), ("做完的", "done")),),
        ),
        Slide(
            "headline",
            "",
            blocks=(Block("headline", "tiles", tiles=tiles),),
            provenance=(
                ("时间", "2026-11-01 – 2026-11-30"),
                ("片区", HOSTILE),
                ("数据版本", "v000001"),
                ("冻结于", "then"),
            ),
        ),
        Slide("changed", "", blocks=(Block("changed-sentences", "sentences", sentences=changes),)),
        Slide("again", "", blocks=(Block("changed-sentences", "sentences", sentences=changes),)),
        Slide("exceptions", "", blocks=(Block("attention", "sentences", sentences=("C1 两周未拜访",)),)),
        Slide("new", "", blocks=(decisions_block("new-decisions", language, (HOSTILE + "\nnext", "overdue")),)),
    )
    return Deck(
        "2026-11-30", f"周会 {HOSTILE}\r\nBcc: x@y", "2026-11-30", language, "v000001", "2026-11-29 18:00", slides
    )
