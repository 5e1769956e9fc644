"""Texts that cells share: a workbook keeps each of them once, its reader copies it for every cell that shows it."""

from array import array
from collections.abc import Callable, Iterable, Sequence
from xml.parsers import expat

from etl.reading.archive import Budget
from etl.reading.inspection.parts import local

TEXT_BYTES = 24
"""What a reader takes for a text beside its letters."""


def sizes(chunks: Iterable[bytes], budget: Budget, name: str) -> Sequence[int]:
    """The bytes of each text of an xlsx, by its number. What they take beside their letters is taken off the budget.

    Raises ValueError where the XML cannot be followed.
    """
    texts = _Texts(budget, name)
    _parse(chunks, texts.start, texts.end, texts.text)
    return texts.sizes


def spend_copies(chunks: Iterable[bytes], shared: Sequence[int], budget: Budget, name: str) -> None:
    """Take the texts that the cells of a sheet of an xlsx show off the budget, each as often as it is shown."""
    copies = _Copies(shared, budget, name)
    _parse(chunks, copies.start, copies.end, copies.text)


class _Texts:
    """Measures text by text, in the order in which cells number them."""

    def __init__(self, budget: Budget, name: str) -> None:
        self.sizes = array("I")
        self._budget, self._name = budget, name
        self._is_within = False
        self._size = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        if local(name) == "si":
            if self._is_within:
                raise ValueError("a text holds another one")
            self._budget.spend(TEXT_BYTES, self._name)
            self._is_within, self._size = True, 0

    def text(self, text: str) -> None:
        if self._is_within:
            self._size += len(text.encode())

    def end(self, name: str) -> None:
        if local(name) == "si":
            self._is_within = False
            self.sizes.append(self._size)


class _Copies:
    """Adds up the texts that cells show. A number that is none may mean any text to the reader, and so the longest."""

    def __init__(self, shared: Sequence[int], budget: Budget, name: str) -> None:
        self._shared = shared
        self._longest = max(shared, default=0)
        self._budget, self._name = budget, name
        self._is_shared = False
        self._number = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if local(name) == "c":
            self._is_shared = attributes.get("t") == "s"
        elif local(name) == "v":
            self._number = ""

    def text(self, text: str) -> None:
        self._number = text if not self._number else "-"

    def end(self, name: str) -> None:
        if self._is_shared and local(name) == "v":
            is_number = self._number.isascii() and self._number.isdigit() and len(self._number) < TEXT_BYTES
            number = int(self._number) if is_number else -1
            size = self._shared[number] if 0 <= number < len(self._shared) else self._longest
            self._budget.spend(size, self._name)


def _parse(
    chunks: Iterable[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(f"a part is no XML: {error}") from error
