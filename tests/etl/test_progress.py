"""How far a load is, as it tells it."""

import etl
from etl.progress import Step
from etl.terminal import EXIT_CODES, Shown, shown_progress
from warehouse.settings import ROOT


def test_each_file_is_told_of_with_its_stages_and_about_its_rows(office):
    steps: list[Step] = []
    first = office.write("customers.csv", ("customer_id",), *((f"C{n:05}",) for n in range(1000)))
    second = office.write("products.csv", ("sku_id",), ("S1",))
    etl.load([first, second], warehouse=office.warehouse, progress=steps.append)
    told = list(dict.fromkeys((step.file, step.number, step.files, step.stage) for step in steps))
    assert told == [
        ("products.csv", 0, 2, "reading"),
        ("products.csv", 0, 2, "checking"),
        ("customers.csv", 1, 2, "reading"),
        ("customers.csv", 1, 2, "checking"),
        ("customers.csv", 1, 2, "publishing"),
    ]
    assert max(step.rows for step in steps if step.file == "customers.csv") in range(950, 1050)
    assert all(0 <= step.share <= 1 for step in steps)


def test_a_share_read_is_shown_with_rows_and_their_rate():
    with shown_progress(quiet=False) as shown:
        assert isinstance(shown, Shown)
        shown(Step("a[1].csv", 0, 2, "reading", 0.0, 1000))
        shown(Step("a[1].csv", 0, 2, "reading", 0.5, 1000))
        (task,) = shown._bars.tasks
        assert (task.completed, task.total, task.description) == (0.5, 1, r"reading a\[1].csv (1 of 2)")
        assert task.fields["rate"].startswith("500 rows, ")
        shown(Step("a[1].csv", 0, 2, "checking"))
        assert shown._bars.tasks[0].total is None
    with shown_progress(quiet=True) as shown:
        assert shown is None


def test_the_exit_codes_in_the_readme_are_those_of_the_command():
    codes = EXIT_CODES.removeprefix("Exit codes: ").split(" Unless")[0]
    assert " ".join(codes.split()) in " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
