"""A file with its mapping as one relation: joined files looked up, wide columns made rows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import duckdb

from etl.errors import FileProblem, MappingProblem
from etl.mapping.expressions import expression_sql
from etl.mapping.rules import Join, Rule, Unpivot
from etl.reading.archive import beside
from etl.reading.source import Source, Surroundings, open_sources, with_plain_line_ends
from etl.sql import listed, literal
from etl.values.texts import cleaned


@dataclass(frozen=True)
class Prepared:
    """What is staged: a source with its rule, and the SQL columns that its headers are found in.

    `columns` maps headers, those of joined files as "file.Header", to SQL columns.
    """

    source: Source
    rule: Rule
    joined: tuple[tuple[Join, Source], ...]
    columns: Mapping[str, str]
    around: Surroundings

    @property
    def is_plain(self) -> bool:
        """Whether the file is staged as it is, in its own order."""
        return not self.joined and self.rule.unpivot is None

    def with_plain_line_ends(self) -> "Prepared":
        """The same, read from a copy in which every line ends alike."""
        return replace(self, source=with_plain_line_ends(self.source, self.around.workdir))

    def text(self, expression: object) -> str:
        """SQL for the text that a mapping's expression gives."""
        return expression_sql(expression, self.columns)

    def reading(self, rejects_table: str) -> str:
        """The SQL that gives its rows, with their number in the file as source_row where they are not plain."""
        if self.is_plain:
            return self.source.reading(rejects_table)
        rows = f"select row_number() over () as source_row, * from ({self.source.reading(rejects_table)})"
        for number, (join, source) in enumerate(self.joined, start=1):
            rows = self._lookup(rows, number, join, source)
        if self.rule.unpivot is not None:
            rows = self._unpivoted(rows, self.rule.unpivot)
        return rows

    def _lookup(self, rows: str, number: int, join: Join, source: Source) -> str:
        names = listed(f"c{index} as j{number}_c{index}" for index in range(len(source.header)))
        condition = " and ".join(
            f"{cleaned(self.text(here))} = {cleaned(f'j{number}_c{_position(source, there)}')}"
            for here, there in join.on.items()
        )
        return f"select * from ({rows}) left join (select {names} from ({source.reading()})) on {condition}"

    def _unpivoted(self, rows: str, unpivot: Unpivot) -> str:
        labels = listed(literal(label) for label in unpivot.columns.values())
        cells = listed(self.text(header) for header in unpivot.columns)
        skipped = f"where coalesce(trim(u_value), '') not in ({listed(map(literal, ('', *unpivot.skip)))})"
        unnested = f"select *, unnest([{labels}]) as u_label, unnest([{cells}]) as u_value from ({rows})"
        return f"select * from ({unnested}) {skipped}"


def prepare(source: Source, rule: Rule, around: Surroundings) -> Prepared:
    """Open the files that the rule joins, and name all columns."""
    columns: dict[str, str] = {}
    for index, name in enumerate(source.header):
        columns.setdefault(name, f"c{index}")
    joined = []
    for number, join in enumerate(rule.joins, start=1):
        document = beside(source.document, join.file, around.workdir, around.budget)
        other = open_sources(document, join.options, around)[0]
        _require_unique(other, join)
        joined.append((join, other))
        columns.update({f"{other.stem}.{name}": f"j{number}_c{index}" for index, name in enumerate(other.header)})
    if rule.unpivot is not None:
        columns |= {rule.unpivot.label: "u_label", rule.unpivot.value: "u_value"}
    return Prepared(source, rule, tuple(joined), columns, around)


def _require_unique(source: Source, join: Join) -> None:
    """A key found twice would double rows, so it stops the load."""
    key = listed(cleaned(f"c{_position(source, there)}") for there in join.on.values())
    try:
        with duckdb.connect() as connection:
            repeated = connection.execute(
                f"select {key} from ({source.reading()}) group by all having count(*) > 1 limit 1"
            ).fetchone()
    except duckdb.Error as error:
        raise FileProblem(f"{source.name} has lines that cannot be read: {error}.", "Correct it.") from error
    if repeated:
        raise MappingProblem(
            f"{source.name} has {', '.join(map(str, repeated))} more than once, so it cannot be joined.",
            "Join on columns that are unique there.",
        )


def _position(source: Source, name: str) -> int:
    if name not in source.header:
        raise MappingProblem(
            f"The mapping file joins {source.name} on {name!r}; its columns are {', '.join(source.header)}.",
            "Correct the mapping file.",
        )
    return source.header.index(name)
