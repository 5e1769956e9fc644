"""How far out the cells of a sheet lie, and the cells that show something else than the reader gives."""

from dataclasses import dataclass, field

from etl.errors import FileProblem

MOST_CELLS = 60_000_000
"""What a sheet may hold: the reader takes some 30 bytes for each cell, empty ones too."""
MOST_SPANS = 2_000_000
MOST_MERGED = 1_000_000


@dataclass
class Span:
    """Cells of a column, from row `top` to `bottom`, that show an error or are written in a format of zeros."""

    column: int
    top: int
    bottom: int
    mark: str


@dataclass
class Findings:
    """What was seen of a sheet: rows and columns up to the cell farthest out, merged ranges, and marked cells.

    A mark is the error that a cell shows, such as #N/A, or the zeros of its number format, such as 000000. `copies`
    is how many cells of an xlsx show a text that is kept elsewhere, and of which the reader makes a copy for each.
    """

    rows: int = 0
    columns: int = 0
    merged: int = 0
    copies: int = 0
    spans: list[Span] = field(default_factory=list)
    _last: dict[int, Span] = field(default_factory=dict)

    def reach(self, row: int, column: int) -> None:
        """There is a cell at that row and column, both from 0."""
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)

    def mark(self, row: int, column: int, mark: str, rows: int = 1) -> None:
        """The cell, or that many below each other, shows something that the reader does not tell."""
        last = self._last.get(column)
        if last is not None and last.bottom == row - 1 and last.mark == mark:
            last.bottom += rows
            return
        self._last[column] = Span(column, row, row + rows - 1, mark)
        self.spans.append(self._last[column])

    def require_room(self, name: str, most_columns: int) -> None:
        """FileProblem where reading the sheet would take more memory than a sheet is worth."""
        if self.columns > most_columns:
            raise FileProblem(
                f"{name} has {self.columns:,} columns; at most {most_columns:,} are read.",
                "Delete the empty columns to the right of the table, or raise the setting column_limit.",
            )
        if self.rows * self.columns > MOST_CELLS:
            raise FileProblem(
                f"{name} has cells as far out as row {self.rows:,} and column {self.columns:,}.",
                "Delete the empty rows and columns around the table, or export it as CSV.",
            )
        if self.merged > MOST_MERGED or len(self.spans) > MOST_SPANS:
            raise FileProblem(
                f"{name} has more merged cells, or cells with errors, than can be kept track of.",
                "Export it as CSV.",
            )


def as_shown(text: str, mark: str) -> str:
    """The text that a marked cell shows: the error, or the number with its leading zeros."""
    if not is_zeros(mark):
        return mark
    if not (text.isascii() and text.isdigit()):
        return text
    digits = list(text)
    shown = [digits.pop() if place == "0" and digits else place for place in reversed(mark)]
    return "".join([*digits, *reversed(shown)])


def is_zeros(number_format: str) -> bool:
    """Whether a number format does nothing but write leading zeros, perhaps in groups: 000000, 000-0000."""
    return (
        number_format.count("0") > 1
        and set(number_format) <= set("0- ")
        and number_format[0] + number_format[-1] == "00"
    )


def plain_format(code: str) -> str:
    """A number format of zeros as it is for positive numbers, without quotes and escapes; else empty."""
    bare = code.split(";")[0].replace("\\", "").replace('"', "")
    return bare if is_zeros(bare) else ""
