"""A deck made by hand, hostile names in every part of it, for tests of the digest and of sending it."""

from meeting.deck import Deck, Slide
from ui.blocks import Block, Field, Tile

HOSTILE = "<img src=x onerror=alert(1)> [a](http://b) **x** `y` <@all>"
FIELDS = tuple(Field(name, name, "text") for name in ("words", "owner", "due_on", "figure", "moved", "goal", "state"))


def decisions_block(key: str, *rows: tuple[str, str, str]) -> Block:
    """Decisions by words, state in code and state in words."""
    written = tuple((words, "王小明", "2026-12-07", "Amount", "100 → 150", "200", told) for words, _state, told in rows)
    return Block(
        key,
        "table",
        fields=FIELDS,
        rows=tuple((*line[:-1], state) for line, (_words, state, _told) in zip(written, rows, strict=True)),
        written=written,
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
            blocks=(decisions_block("last-decisions", ("开着的", "open", "进行中"), ("做完的", "done", "已完成")),),
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
        Slide("new", "", blocks=(decisions_block("new-decisions", (HOSTILE + "\nnext", "overdue", "已逾期")),)),
    )
    return Deck(
        "2026-11-30", f"周会 {HOSTILE}\r\nBcc: x@y", "2026-11-30", language, "v000001", "2026-11-29 18:00", slides
    )
