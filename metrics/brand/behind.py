"""Which customers stand behind a number of the portfolio, in groups that the number counts."""

from collections.abc import Callable

import pandas as pd

Mask = Callable[[pd.DataFrame], "pd.Series[bool]"]

GROUPS: dict[str, Mask] = {
    "handlers": lambda rows: rows["is_handler"],
    "missing": lambda rows: rows["is_eligible"] & ~rows["is_handler"],
    "repeaters": lambda rows: rows["is_repeater"],
    "once": lambda rows: rows["is_handler"] & ~rows["is_repeater"],
    "on_shelf": lambda rows: rows["on_shelf"].fillna(0) > 0,
    "off_shelf": lambda rows: rows["checked"].fillna(0) > rows["on_shelf"].fillna(0),
    "counted": lambda rows: rows["available"].notna(),
    "buyers": lambda rows: (rows["qty"].fillna(0) != 0) | (rows["amount"].fillna(0) != 0),
    "short": lambda rows: rows["delivered"].fillna(0) < rows["ordered"].fillna(0),
    "served": lambda rows: rows["ordered"].notna() & (rows["delivered"].fillna(0) >= rows["ordered"].fillna(0)),
}
"""Groups of rows of the figure customers_behind."""

BEHIND: dict[str, tuple[str, ...]] = {
    "numeric_distribution": ("handlers", "missing"),
    "weighted_distribution": ("handlers", "missing"),
    "distribution_difference": ("handlers", "missing"),
    "reach": ("handlers", "missing"),
    "distribution_target": ("handlers", "missing"),
    "distribution_attainment": ("handlers", "missing"),
    "repeat_rate": ("once", "repeaters"),
    "on_shelf_rate": ("off_shelf", "on_shelf"),
    "sell_through": ("counted",),
    "velocity": ("handlers", "buyers"),
    "fill_rate": ("short", "served"),
    "amount": ("buyers",),
    "class_share": ("buyers",),
}
"""For each number the groups that make it up, the one that asks for something first."""


def customers_in(group: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Of the rows of customers_behind those in one of GROUPS, in their order."""
    return rows[GROUPS[group](rows).astype(bool)].reset_index(drop=True)
