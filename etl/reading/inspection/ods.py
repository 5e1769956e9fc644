"""A look at the sheets of an ods, in which cells and rows that repeat are written once."""

from collections.abc import Iterable
from xml.parsers import expat

from etl.reading.archive import Budget
from etl.reading.inspection.findings import Findings

TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
CELLS = {f"{TABLE} table-cell", f"{TABLE} covered-table-cell"}
VALUE_TYPE, VALUE = "value-type", "value"
LONGEST_ERROR = 20
CELL_BYTES = 32


def look(chunks: Iterable[bytes], budget: Budget, name: str) -> dict[str, Findings]:
    """The findings of each sheet by its name. What repeats is taken off the budget as often as it does."""
    content = _Content(budget, name)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = content.start
    parser.EndElementHandler = content.end
    parser.CharacterDataHandler = content.text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise ValueError(f"its content is no XML: {error}") from error
    return content.findings


class _Content:
    """Where in the tables the parser is, and what it found of each."""

    def __init__(self, budget: Budget, name: str) -> None:
        self.findings: dict[str, Findings] = {}
        self._budget, self._name = budget, name
        self._sheet = Findings()
        self._row, self._rows, self._column, self._columns = -1, 1, 0, 1
        self._row_bytes = 0
        self._is_filled = self._is_error = self._is_cell = False
        self._text, self._size = "", 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in CELLS:
            self._columns = int(attributes.get(f"{TABLE} number-columns-repeated", 1))
            types = [value for key, value in attributes.items() if key.endswith(VALUE_TYPE)]
            self._is_cell, self._is_filled, self._is_error = True, bool(types), "error" in types
            self._text = ""
            self._size = sum(len(value.encode()) for key, value in attributes.items() if key.endswith(VALUE))
        elif name == f"{TEXT} s" and self._is_cell:
            # Written once, however many spaces it stands for.
            spaces = max(0, int(attributes.get(f"{TEXT} c", 1)))
            self._size += spaces
            self._budget.spend(spaces, self._name)
        elif name == f"{TABLE} table-row":
            self._row += self._rows
            self._rows, self._column, self._row_bytes = int(attributes.get(f"{TABLE} number-rows-repeated", 1)), 0, 0
        elif name == f"{TABLE} table":
            self._sheet = self.findings.setdefault(attributes.get(f"{TABLE} name", ""), Findings())
            self._row, self._rows = -1, 1
            self._row = -1

    def text(self, text: str) -> None:
        if self._is_cell:
            self._size += len(text.encode())
            self._text = self._text or text.strip()[:LONGEST_ERROR]

    def end(self, name: str) -> None:
        if name in CELLS:
            self._end_cell()
        elif name == f"{TABLE} table-row" and self._rows > 1:
            self._budget.spend(self._row_bytes * self._rows, self._name)

    def _end_cell(self) -> None:
        self._is_cell = False
        if self._is_filled or self._size:
            self._sheet.reach(self._row + self._rows - 1, self._column + self._columns - 1)
            size = (self._size + CELL_BYTES) * self._columns
            self._row_bytes += size
            if self._columns > 1:
                self._budget.spend(size, self._name)
        if self._is_error:
            for column in range(self._column, self._column + self._columns):
                self._sheet.mark(self._row, column, self._text or "#N/A", self._rows)
        self._column += self._columns
