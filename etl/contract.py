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
class Choice(Type):
    """One of a few words. Each canonical word has aliases; where not strict, any other word is kept as it is."""

    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    strict: bool = True


Text = Type("text", "文本", "varchar")
Id = Type("identifier", "编码", "varchar")
Date = Type("date", "日期", "date")
Month = Type("month", "月份", "varchar")
Quantity = Type("quantity", "数量", "decimal(18, 4)")
Money = Type("amount of money", "金额", "decimal(18, 4)")
Whole = Type("whole number", "整数", "integer")
YesNo = Type("yes or no", "是或否", "boolean")


def choice(words: Mapping[str, tuple[str, ...]], *, strict: bool = True) -> Choice:
    """A type whose values are the keys of `words`, recognised by themselves and by their aliases."""
    return Choice("choice", "选项", "varchar", words, strict)


@dataclass(frozen=True)
class Column:
    """One column of an extract.

    `references` names the extract whose key the values should be found in; unknown ones are loaded and reported.
    `default` is what an empty cell means; `instead` names a column whose value stands in for an empty cell.
    """

    name: str
    type: Type
    description: str
    required: bool = False
    aliases: tuple[str, ...] = ()
    references: str = ""
    default: str = ""
    instead: str = ""


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
    whole row does. `repeats` says that equal whole rows are separate facts, told apart by their order in the file.
    """

    name: str
    name_zh: str
    description: str
    keys: tuple[tuple[str, ...], ...]
    columns: tuple[Column, ...]
    file_words: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    sort: tuple[str, ...] = ()
    repeats: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The canonical column names, in order."""
        return tuple(column.name for column in self.columns)

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
