"""Names in place of numbers: what people call the products and managers that figures know by id."""

from collections.abc import Mapping

import pandas as pd

from metrics import Scope
from metrics.columns import column
from ui.reading import read
from ui.words import _, pick


def names_of(kind: str, rows: pd.DataFrame) -> dict[str, str]:
    """From a list of products ('sku') or managers ('manager'): name by id; equal names are told apart by their id."""
    names = dict(zip(rows[f"{kind}_id"], rows[f"{kind}_name"], strict=True))
    seen = pd.Series(list(names.values())).value_counts()
    return {key: name if seen[name] == 1 else f"{name} ({key})" for key, name in names.items()}


def manager_names(scope: Scope) -> dict[str, str]:
    """What the managers in scope are called, by id."""
    return names_of("manager", read("manager_list", scope))


def named(rows: pd.DataFrame, dimension: str, names: Mapping[str, str]) -> pd.DataFrame:
    """The same rows with the ids of a dimension replaced by their names, where there is one."""
    if dimension not in rows:
        return rows
    return rows.assign(**{dimension: [names.get(value, value) for value in rows[dimension]]})


def dimension_title(dimension: str) -> str:
    """What a split is called on screen; a split by manager no. shows the managers' names."""
    return pick(column({"manager_id": "manager_name", "sku_id": "sku_name"}.get(dimension, dimension)).title)


def weekday_names() -> tuple[str, ...]:
    """From Monday to Sunday."""
    return (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
