"""Which sentences of an error are for people: gathered for the catalogues out of the rooms that know no screen.

`make words` uses it (locale/babel.cfg). A sentence is an argument of an error, or of the end of a load; what is worked
out in it becomes {0}, {1} … in the order in which it stands there.
"""

import ast
from collections.abc import Collection, Iterator
from typing import BinaryIO

CONTEXT = "told"
ENDINGS = (
    *("Problem", "Failed", "Loaded", "Recognised", "Rows", "Rejects", "Columns", "Compare"),
    *("PinyuError", "Outcome"),
)
"""How the names end of what is made of sentences for people."""


def gather(
    file: BinaryIO, keywords: Collection[str], comment_tags: Collection[str], options: dict[str, str]
) -> Iterator[tuple[int, str, tuple[str, str], list[str]]]:
    """The sentences of one source, as Babel's extraction wants them."""
    for line, sentence in sentences(file.read().decode("utf-8")):
        yield line, "pgettext", (CONTEXT, sentence), []


def sentences(source: str) -> Iterator[tuple[int, str]]:
    """The line and text of each sentence in a source."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id.endswith(ENDINGS):
            for part in node.args:
                yield from ((part.lineno, text) for text in _texts(part))


def _texts(part: ast.expr) -> Iterator[str]:
    if isinstance(part, ast.IfExp):
        yield from _texts(part.body)
        yield from _texts(part.orelse)
    elif isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value:
        yield part.value
    elif isinstance(part, ast.JoinedStr):
        numbers = iter(range(len(part.values)))
        texts = [str(each.value) if isinstance(each, ast.Constant) else f"{{{next(numbers)}}}" for each in part.values]
        yield "".join(texts)
