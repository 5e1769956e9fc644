"""The full SQL of figures: the shared relations that they name, filled for a scope and a split, before their own."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from metrics.catalogue import Figure, relations
from metrics.ranking import CUSTOMERS_BY_AMOUNT, Ranking
from metrics.scope import CUSTOMER_CONDITIONS, Scope
from metrics.summed import MONTHS, periods_named, summed

CUSTOMER_DIMENSIONS = ("area", "market", "channel", "tier", "tier_band", "customer_id")
PRODUCT_DIMENSIONS = ("brand", "maker", "price_class", "sku_id")
INLINED = (
    "sales_by_month",
    "customer_sales_by_month",
    "product_sales_by_month",
    "sales_lines",
    "summed_sales",
    "summed_customer_sales",
    "summed_product_sales",
    "sales_in_scope",
    "totals_in_scope",
    "purchases_in_scope",
    "customer_purchases",
    "purchase_lines",
)
"""Relations that are read where they are used, under the conditions that hold there: worked out once for all places
that name them, they would read all lines."""
TOTALS = "totals_in_scope"
"""The relation sales_in_scope, of the smallest sums that tell the totals of a split: for the part of a figure that
only adds up where another part asks for customers."""
_WORD = re.compile(r"[a-z_]+")
_COMMENT = re.compile(r"--[^\n]*")


@dataclass(frozen=True)
class Filled:
    """A figure's own SQL and all shared relations but the summed sales, filled for a scope and a split."""

    body: str
    relations: Mapping[str, str]

    def named(self) -> dict[str, str]:
        """The relations that the figure stands on."""
        return {name: self.relations[name] for name in _relations_named_in(self.body, self.relations)}


def statement(wanted: Figure, scope: Scope, by: tuple[str, ...] = (), ranking: Ranking = CUSTOMERS_BY_AMOUNT) -> str:
    """The full SQL of a figure. `by` is taken as checked."""
    filled = _filled(wanted, scope, by, ranking)
    before = _relations_before([filled.body], filled.relations, scope, by)
    return f"with {', '.join(before)}\nselect * from (\n{filled.body}\n)" if before else filled.body


def statements_together(wanted: Sequence[Figure], scope: Scope, by: tuple[str, ...]) -> list[tuple[list[Figure], str]]:
    """Statements that give several figures each, which stand on the same relations: these are worked out once.

    The rows have `figure`, its name, the columns of `by` ('whole' where there is none), and for each column of each
    figure FIGURE.COLUMN, filled in that figure's rows.
    """
    groups: list[tuple[dict[Figure, Filled], dict[str, str]]] = []
    for one in wanted:
        filled = _filled(one, scope, by, CUSTOMERS_BY_AMOUNT)
        named = filled.named()
        for members, shared in groups:
            if all(shared.get(name, text) == text for name, text in named.items()):
                members[one] = filled
                shared |= named
                break
        else:
            groups.append(({one: filled}, named))
    return [(list(members), _together(members, shared, scope, by)) for members, shared in groups]


def _together(members: Mapping[Figure, Filled], shared: Mapping[str, str], scope: Scope, by: tuple[str, ...]) -> str:
    known = {**next(iter(members.values())).relations, **shared}
    before = _relations_before([filled.body for filled in members.values()], known, scope, by)
    own = [f"figure_{one.name} as (\n{filled.body}\n)" for one, filled in members.items()]
    split = ", ".join(by) or "whole"
    selected = (
        f"select '{one.name}' as figure, {split}, "
        + ", ".join(f'{column} as "{one.name}.{column}"' for column, _kind in one.columns)
        + f" from figure_{one.name}"
        for one in members
    )
    return f"with {', '.join([*before, *own])}\n" + "\nunion all by name\n".join(selected)


def _filled(wanted: Figure, scope: Scope, by: tuple[str, ...], ranking: Ranking) -> Filled:
    product_by = [dimension for dimension in by if dimension in PRODUCT_DIMENSIONS]
    ranks_products = ranking.is_by_product and wanted.is_ranking
    by_product = product_by or scope.names_products or ranks_products or wanted.is_priced
    fills = {
        "by": ", ".join(by) or "whole",
        "columns_by": "".join(f"{dimension}," for dimension in by),
        "product_by": ", ".join(product_by) or "whole_range",
        "sums": _sums(asks_products=bool(by_product), asks_customers=_asks_customers(wanted, scope, by)),
        **ranking.fills(),
        **scope.filters(),
    }
    totals = _sums(asks_products=bool(by_product), asks_customers=_narrows_customers(scope, by))
    filled = {name: _fill(text, fills) for name, text in relations().items() if name not in MONTHS}
    filled[TOTALS] = _fill(relations()["sales_in_scope"], fills | {"sums": totals})
    return Filled(_fill(wanted.sql, fills).rstrip().rstrip(";"), filled)


def _relations_before(bodies: Iterable[str], filled: Mapping[str, str], scope: Scope, by: tuple[str, ...]) -> list[str]:
    """The relations that the bodies stand on, as they are put before them."""
    body = "\n".join(bodies)
    periods = periods_named((body, *(filled[name] for name in _relations_named_in(body, filled))), scope)
    template, by_day = relations()["summed_sales"], "week" in by
    sums = {name: summed(template, months, periods, scope, by_day=by_day) for name, months in MONTHS.items()}
    whole = {**filled, **sums}
    return [
        f"{name} as {'not materialized ' if name in INLINED else ''}(\n{whole[name]}\n)"
        for name in _relations_named_in(body, whole)
    ]


def _sums(*, asks_products: bool, asks_customers: bool) -> str:
    """The smallest sums that tell what is asked for."""
    if not asks_customers:
        return "summed_product_sales"
    return "summed_sales" if asks_products else "summed_customer_sales"


def _asks_customers(wanted: Figure, scope: Scope, by: tuple[str, ...]) -> bool:
    """Whether a figure of the sales in scope has to tell customers apart: by what it says, its split or the scope."""
    body = _COMMENT.sub("", wanted.sql)
    words = set(_WORD.findall(body))
    adds_up = words & {*relations(), *MONTHS} <= {"scoped_sales", "sales_in_scope"} and "customer_id" not in words
    return not adds_up or _narrows_customers(scope, by)


def _narrows_customers(scope: Scope, by: tuple[str, ...]) -> bool:
    """Whether the scope or the split asks who the customers are."""
    narrowed = any(getattr(scope, name) for name in CUSTOMER_CONDITIONS)
    return narrowed or bool(set(by) & set(CUSTOMER_DIMENSIONS))


def _relations_named_in(sql: str, filled: Mapping[str, str]) -> list[str]:
    """Names of the relations used, directly or by one another, each after those it stands on."""
    ordered: list[str] = []

    def visit(text: str) -> None:
        for word in dict.fromkeys(_WORD.findall(_COMMENT.sub("", text))):
            if word in filled and word not in ordered and text != filled[word]:
                visit(filled[word])
                ordered.append(word)

    visit(sql)
    return ordered


def _fill(sql: str, fills: dict[str, str]) -> str:
    for placeholder, text in fills.items():
        sql = sql.replace("{" + placeholder + "}", text)
    return sql
