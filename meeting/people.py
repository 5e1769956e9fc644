"""What people are called on slides: by name, by initials or by code."""

import duckdb

import metrics
from ui.decisions import People
from ui.disguise import WAYS, disguise
from ui.names import names_of
from ui.reading import ANY_TIME


def people(names: str, *, cursor: duckdb.DuckDBPyConnection) -> People:
    """Managers of a version, called in one of ui.disguise.WAYS."""
    rows = metrics.run("manager_list", ANY_TIME, cursor=cursor)
    known = dict(zip(rows["manager_id"], rows["manager_name"], strict=True)) if names != WAYS[0] else {}
    hiding = disguise(known, names)
    return People(names_of("manager", hiding.rows(rows)), hiding)
