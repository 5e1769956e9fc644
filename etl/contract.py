"""What an extract must look like: its columns, their types, aliases, keys and checks. Data only; no SQL engine here."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Type:
    """A kind of value: what people call it in both languages, and the warehouse's type for it."""

    name: str
    name_zh: str
    sql: str


@dataclass(frozen=True)
class Number(Type):
    """A number. `units` are what may stand behind it or in brackets behind its header, with the factor of each."""

    units: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice(Type):
    """One of a few words. Each canonical word has aliases; where not strict, any other word is kept as it is."""

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    strict: bool = True


Text = Type("text", "文本", "varchar")
Id = Type("identifier", "编码", "varchar")
Date = Type("date", "日期", "date")
Month = Type("month", "月份", "varchar")
COUNTS = {"%": "0.01", "万": "10000", "亿": "100000000"}
CARTONS = {"条": "1", "万条": "10000", "箱": "250", "大箱": "250", "件": "50", "万支": "50", "包": "0.1", "盒": "0.1"}
"""Units of quantity in cartons (条): 1 case 箱 = 250 unless the product says otherwise, 1 件 = 50 = 10,000 支."""
YUAN = {"元": "1", "千元": "1000", "万元": "10000", "百万元": "1000000", "亿元": "100000000"}

Quantity = Number("quantity", "数量", "decimal(18, 4)", COUNTS | CARTONS)
Money = Number("amount of money", "金额", "decimal(18, 4)", COUNTS | YUAN)
Measure = Number("number", "数值", "decimal(18, 4)", COUNTS | CARTONS | YUAN)
Score = Number("score", "分数", "decimal(18, 4)", {"分": "1", "%": "1"})
Whole = Number("whole number", "整数", "integer", {"档": "1", "分钟": "1", "min": "1"})
YesNo = Type("yes or no", "是或否", "boolean")


def choice(words: Mapping[str, tuple[str, ...]], *, strict: bool = True) -> Choice:
    """A type whose values are the keys of `words`, recognised by themselves and by their aliases."""
    return Choice("choice", "选项", "varchar", words, strict)


@dataclass(frozen=True)
class Column:
    """One column of an extract.

    `references` names the extract whose key the values should be found in; unknown ones are loaded and reported.
    `default` is what an empty cell means; `instead` names a column whose value stands in for an empty cell. `unit_in`
    names the column that says in which unit a number is. One that is not `is_stored` serves while loading alone.
    """

    name: str
    type: Type
    description: str
    required: bool = False
    aliases: tuple[str, ...] = ()
    references: str = ""
    default: str = ""
    instead: str = ""
    unit_in: str = ""
    is_stored: bool = True


@dataclass(frozen=True)
class Check:
    """A rule beyond types: `condition` is SQL over the typed columns that only bad rows meet; `column` is to blame."""

    rule: str
    rule_zh: str
    column: str
    condition: str


@dataclass(frozen=True)
class Extract:
    """One kind of file people bring.

    `keys` are tried in order: the first whose columns are all filled in a row identifies it; where none is, the
    whole row does. `numbering` is a column of the first key that merely numbers rows: one that lacks it may be the
    same as one that has it. `repeats` says that equal whole rows are separate facts, told apart by their order in the
    file.
    """

    name: str
    name_zh: str
    description: str
    keys: tuple[tuple[str, ...], ...]
    columns: tuple[Column, ...]
    file_words: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    sort: tuple[str, ...] = ()
    numbering: str = ""
    repeats: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The canonical column names, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def stored(self) -> tuple[str, ...]:
        """Those of them that its table keeps."""
        return tuple(column.name for column in self.columns if column.is_stored)

    @property
    def required(self) -> tuple[str, ...]:
        """The columns that every row must fill."""
        return tuple(column.name for column in self.columns if column.required)

    @property
    def is_master(self) -> bool:
        """Whether rows describe a thing that facts refer to, rather than something that happened."""
        return self.name in ("customers", "products", "managers")

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)
