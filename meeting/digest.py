"""The week's digest: what stands on a meeting's slides in a page to read, as Markdown and as HTML."""

import html
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from meeting.decision_slides import STATE
from meeting.deck import Deck
from ui.blocks import Block
from ui.decisions import state_words
from ui.words import _, plain, speaking

Escape = Callable[[str], str]
"""Makes text of data for those who read a kind of Markdown."""
FIGURES, CHANGES, EXCEPTIONS, DECISIONS = "headline", "changed-sentences", "attention", "decisions"
_FONT = "font-family:system-ui,'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',sans-serif"
_BODY = f"{_FONT};font-size:16px;line-height:1.5;color:#1f2933;max-width:720px;margin:24px auto;padding:0 16px"
_CELL = "text-align:left;padding:4px 16px 4px 0;border-bottom:1px solid #d9dee3;vertical-align:top"


@dataclass(frozen=True)
class Part:
    """A part of a digest: its heading and its lines, each a text, or a text and what stands behind it."""

    heading: str
    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Digest:
    """What a meeting comes to: a title, its parts, and pairs of words that say what it is of."""

    title: str
    language: str
    parts: tuple[Part, ...]
    about: tuple[tuple[str, str], ...]


def digest(deck: Deck) -> Digest:
    """The headline figures, what changed, exceptions and what is to be done, of the slides that show them.

    What the deck has no slide of has no part; decisions are told even where there are none.
    """
    with speaking(deck.language):
        parts = (
            Part(_("Headline figures"), tuple(_figures(deck))),
            Part(_("What changed, and why"), tuple(_sentences(deck, CHANGES))),
            Part(_("Exceptions"), tuple(_sentences(deck, EXCEPTIONS))),
            Part(_("Decisions to carry out"), tuple(_decisions(deck)) or ((_("No decision is open."),),)),
        )
        about = (
            (_("Day"), deck.held_on),
            *_scope(deck),
            (_("Version"), deck.version),
            (_("Frozen at"), deck.frozen_at),
        )
    return Digest(
        f"{_one_line(deck.title)} {deck.held_on}", deck.language, tuple(part for part in parts if part.lines), about
    )


def markdown(of: Digest, *, escape: Escape = plain) -> str:
    """The digest in Markdown; `escape` makes text of what stands in it."""
    lines = [f"# {escape(of.title)}"]
    for part in of.parts:
        lines += ["", f"## {escape(part.heading)}", ""]
        lines += [f"- {_in_markdown(line, escape)}" for line in part.lines]
    lines += ["", " · ".join(f"{escape(name)} {escape(value)}" for name, value in of.about)]
    return "\n".join(lines) + "\n"


def plain_text(of: Digest) -> list[str]:
    """The digest below its title, line by line, for those who read no Markdown."""
    parts = ((part.heading, *(f"· {' · '.join(filter(None, line))}" for line in part.lines)) for part in of.parts)
    return [*chain.from_iterable(parts), " · ".join(f"{name} {value}" for name, value in of.about)]


def html_page(of: Digest) -> str:
    """The digest as a page of HTML with no script, no picture and no address in it."""
    sections = "\n".join(
        f'<section>\n<h2 style="font-size:18px;margin:24px 0 8px">{html.escape(part.heading)}</h2>\n'
        f"{_rows(part.lines)}\n</section>"
        for part in of.parts
    )
    about = " · ".join(f"{html.escape(name)} {html.escape(value)}" for name, value in of.about)
    return (
        f'<!DOCTYPE html>\n<html lang="{html.escape(of.language)}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{html.escape(of.title)}</title>\n</head>\n"
        f'<body style="{_BODY}">\n<main>\n<h1 style="font-size:22px">{html.escape(of.title)}</h1>\n'
        f"{sections}\n</main>\n"
        f'<footer style="margin-top:24px;font-size:13px;color:#52606d">{about}</footer>\n</body>\n</html>\n'
    )


def _rows(lines: Sequence[tuple[str, ...]]) -> str:
    """A list where each line is a text, else a table whose rows are named by their first cell."""
    if all(len(line) == 1 for line in lines):
        return "<ul>\n" + "\n".join(f"<li>{html.escape(line[0])}</li>" for line in lines) + "\n</ul>"
    rows = "\n".join(
        f'<tr><th scope="row" style="{_CELL};font-weight:600">{html.escape(line[0])}</th>'
        + "".join(f'<td style="{_CELL}">{html.escape(cell)}</td>' for cell in line[1:])
        + "</tr>"
        for line in lines
    )
    return f'<table style="border-collapse:collapse;width:100%">\n{rows}\n</table>'


def _in_markdown(line: tuple[str, ...], escape: Escape) -> str:
    first, *others = (escape(cell) for cell in line)
    return f"**{first}** {' · '.join(filter(None, others))}".rstrip() if others else first


def _figures(deck: Deck) -> list[tuple[str, ...]]:
    return [
        tuple(map(_one_line, (tile.title, tile.value, tile.change, tile.beside or tile.reason)))
        for block in _blocks(deck, FIGURES)
        for tile in block.tiles
    ]


def _sentences(deck: Deck, key: str) -> list[tuple[str, ...]]:
    return [(_one_line(sentence),) for block in _blocks(deck, key) for sentence in block.sentences]


def _decisions(deck: Deck) -> list[tuple[str, ...]]:
    """What is not closed, overdue first: what, who, until when, the figure, and its state."""
    overdue, *closed = (state_words(state) for state in ("overdue", "done", "dropped"))
    found: list[tuple[str, ...]] = []
    for block in _blocks(deck, f"last-{DECISIONS}", f"new-{DECISIONS}"):
        place = [field.name for field in block.fields].index(STATE)
        # What is written may have been cut for a slide; the rows are whole.
        for row in (tuple(_one_line(str(cell)) for cell in row) for row in block.rows):
            if row[place] not in closed:
                found.append((*row[:place], *row[place + 1 :], row[place]))
    return sorted(found, key=lambda line: line[-1] != overdue)


def _scope(deck: Deck) -> list[tuple[str, str]]:
    """The scope of the headline figures, or of the first slide that tells one."""
    told = [slide for slide in deck.slides if any(block.key == FIGURES for block in slide.blocks)] or list(deck.slides)
    ours = (_("Version"), _("Frozen at"))
    pairs = next((slide.provenance for slide in told if slide.provenance), ())
    return [(_one_line(name), _one_line(value)) for name, value in pairs if name not in ours]


def _blocks(deck: Deck, *keys: str) -> list[Block]:
    """The blocks of these keys, each once: two slides may show the same."""
    found = {block.key: block for slide in deck.slides for block in slide.blocks if block.key in keys}
    return list(found.values())


def _one_line(text: str) -> str:
    return " ".join(text.split())
