"""The few things a mapping file may do with columns, and the SQL they become.

    "Header"                                 the column itself; "other.Header" one of a joined file
    {constant = "amount"}                    the same text in every row
    {joined = ["First", "Last"], with = " "} texts put together, empty ones left out
    {first_of = ["Code", "Name"]}            the first that is not empty
    {product = ["price", "quantity"]}        numbers multiplied
    {one_minus = "discount"}                 1 less a number, inside a product

Arithmetic on something that is no number gives the factors as text, so that the row is rejected showing them.
"""

from collections.abc import Collection, Mapping

from rapidfuzz import process

from etl.errors import MappingProblem
from etl.mapping.headers import plain
from etl.sql import listed, literal
from etl.values.convert import number
from etl.values.texts import cleaned

Expression = str | Mapping[str, object]
KINDS = ("constant", "joined", "first_of", "product", "one_minus")


def expression_sql(expression: object, columns: Mapping[str, str]) -> str:
    """SQL for the text that an expression gives in each row; `columns` maps headers to SQL columns."""
    if isinstance(expression, str):
        return _column(expression, columns)
    kind, argument, options = _taken_apart(expression)
    if kind == "constant":
        return literal(str(argument))
    if kind == "joined":
        parts = (cleaned(expression_sql(part, columns)) for part in _parts(argument))
        return f"concat_ws({literal(str(options.get('with', ' ')))}, {listed(parts)})"
    if kind == "first_of":
        return f"coalesce({listed(cleaned(expression_sql(part, columns)) for part in _parts(argument))})"
    factors = listed(cleaned(text) for text in _leaves(expression, columns))
    # What is worked out here is rounded here; what people write must be exact.
    rounded = f"try_cast({_number_sql(expression, columns)} as decimal(18, 4))"
    return f"coalesce(cast({rounded} as varchar), nullif(concat_ws(' × ', {factors}), ''))"


def _number_sql(expression: object, columns: Mapping[str, str]) -> str:
    if isinstance(expression, str):
        return number(_column(expression, columns))
    kind, argument, _ = _taken_apart(expression)
    if kind == "one_minus":
        return f"(1 - {_number_sql(argument, columns)})"
    if kind == "product":
        factors = [_number_sql(part, columns) for part in _parts(argument)]
        running = f"cast({factors[0]} as decimal(20, 8))"
        for factor in factors[1:]:
            running = f"try_cast(try({running} * cast({factor} as decimal(18, 4))) as decimal(20, 8))"
        return running
    return number(expression_sql(expression, columns))


def _leaves(expression: object, columns: Mapping[str, str]) -> list[str]:
    """The texts that arithmetic starts from, to be shown where it fails."""
    if not isinstance(expression, str):
        kind, argument, _ = _taken_apart(expression)
        if kind == "product":
            return [leaf for part in _parts(argument) for leaf in _leaves(part, columns)]
        if kind == "one_minus":
            return _leaves(argument, columns)
    return [expression_sql(expression, columns)]


def header_named(name: str, columns: Collection[str]) -> str:
    """The header of that name, or else the one that differs from it only in width, case, spaces or unit."""
    if name in columns:
        return name
    return next((header for header in columns if plain(header) == plain(name)), name)


def _column(name: str, columns: Mapping[str, str]) -> str:
    name = header_named(name, columns)
    if name not in columns:
        close = [match[0] for match in process.extract(name, list(columns), limit=3)]
        raise MappingProblem(
            f"The mapping file names a column {name!r} that is not there; the closest are {', '.join(close)}.",
            "Correct the mapping file.",
        )
    return columns[name]


def _taken_apart(expression: object) -> tuple[str, object, Mapping[str, object]]:
    if isinstance(expression, Mapping):
        kinds = [kind for kind in KINDS if kind in expression]
        if len(kinds) == 1 and set(expression) - {kinds[0]} <= ({"with"} if kinds[0] == "joined" else set()):
            return kinds[0], expression[kinds[0]], expression
    raise MappingProblem(
        f"The mapping file says {expression!r}, which is neither a column's name nor one of: {', '.join(KINDS)}.",
        "Correct the mapping file; the comments in data/mappings show the forms.",
    )


def _parts(argument: object) -> list[object]:
    if isinstance(argument, list) and argument:
        return argument
    raise MappingProblem(f"The mapping file says {argument!r} where a list is needed.", "Correct the mapping file.")
