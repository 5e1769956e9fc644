"""The handover sheet: one self-contained HTML page to print, a block a customer, every piece of data escaped."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_STYLE = """
body { font: 11pt/1.45 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif; color: #17212b; margin: 14mm; }
h1 { font-size: 17pt; margin: 0 0 2mm; } h2 { font-size: 12.5pt; margin: 0 0 1.5mm; }
section { border-top: 1px solid #8a8f98; padding: 3mm 0; break-inside: avoid; }
dl { display: grid; grid-template-columns: 42mm 1fr; gap: 0.6mm 4mm; margin: 0; }
dt { color: #5b6470; } dd { margin: 0; }
footer { border-top: 1px solid #8a8f98; margin-top: 5mm; padding-top: 3mm; color: #5b6470; }
.sign { display: grid; grid-template-columns: repeat(3, 1fr); gap: 8mm; margin-top: 10mm; }
.sign span { border-top: 1px solid #17212b; padding-top: 1mm; }
"""


@dataclass(frozen=True)
class Block:
    """One customer on the sheet: a heading, and facts as (title, text or lines of text)."""

    heading: str
    facts: Sequence[tuple[str, str | Sequence[str]]]


def sheet_html(
    title: str,
    lead: str,
    blocks: Sequence[Block],
    *,
    language: str,
    signatures: Sequence[str],
    notes: Sequence[tuple[str, str]],
) -> bytes:
    """The page, in UTF-8: it opens and prints offline. `notes` say what it was made from, `signatures` who signs."""
    sections = "".join(
        f"<section><h2>{escape(block.heading)}</h2><dl>{''.join(_fact(*fact) for fact in block.facts)}</dl></section>"
        for block in blocks
    )
    signed = "".join(f"<span>{escape(words)}</span>" for words in signatures)
    said = " · ".join(f"{escape(name)}: {escape(text)}" for name, text in notes)
    page = (
        f'<!doctype html><html lang="{escape(language)}"><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style><h1>{escape(title)}</h1><p>{escape(lead)}</p>{sections}"
        f'<div class="sign">{signed}</div><footer>{said}</footer></html>'
    )
    return page.encode("utf-8")


def _fact(title: str, text: str | Sequence[str]) -> str:
    lines = [text] if isinstance(text, str) else text
    return f"<dt>{escape(title)}</dt><dd>{'<br>'.join(escape(line) for line in lines)}</dd>"
