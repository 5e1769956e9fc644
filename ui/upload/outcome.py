"""What became of every row: the accounting of each file."""

from collections.abc import Mapping, Sequence

import pandas as pd

from ui.page import section
from ui.reading import extract_title
from ui.table import table
from ui.words import _

ACCOUNTING = ("file", "extract", "encoding", "read", "loaded", "duplicates", "superseded", "rejected", "corrections")


def accounting(files: Sequence[Mapping[str, object]]) -> None:
    """Where the rows of each file went."""
    rows = pd.DataFrame(list(files), columns=list(ACCOUNTING))
    rows["extract"] = [extract_title(str(name)) for name in rows["extract"]]
    read, loaded, rejected = (int(rows[name].sum()) for name in ("read", "loaded", "rejected"))
    section(
        _("{loaded} of {read} rows came in, {rejected} were kept out").format(
            loaded=f"{loaded:,}", read=f"{read:,}", rejected=f"{rejected:,}"
        )
    )
    table(rows, ACCOUNTING, key="upload-accounting", rows_shown=6)
