"""`python -m metrics`: the same figures without a screen."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from metrics.__main__ import app
from metrics.catalogue import figures
from warehouse.settings import ROOT

OCTOBER = ("--from", "2026-10-01", "--to", "2026-10-31")


def asked(warehouse: Path, *words: str) -> list[dict[str, object]]:
    """The rows of a JSON answer."""
    answer = CliRunner().invoke(app, [*words, *OCTOBER, "--warehouse", str(warehouse), "--format", "json"])
    assert answer.exit_code == 0, answer.output
    rows: list[dict[str, object]] = json.loads(answer.stdout)
    return rows


def test_a_figure_is_printed_with_its_parts(sample_warehouse: Path) -> None:
    (row,) = asked(sample_warehouse, "numeric_distribution", "--where", "sku=0010")
    assert set(row) == {"handlers", "eligible", "numeric_distribution"}
    assert row["numeric_distribution"] == int(str(row["handlers"])) / int(str(row["eligible"]))


def test_splits_and_conditions_may_be_given_in_any_usual_way(sample_warehouse: Path) -> None:
    by_team = asked(sample_warehouse, "amount", "--by", "team,area")
    assert by_team == asked(sample_warehouse, "amount", "--by", "team", "--by", "area")
    assert by_team == asked(sample_warehouse, "amount", "--by", "team", "area")
    team, area = str(by_team[0]["team"]), str(by_team[0]["area"])
    narrowed = asked(sample_warehouse, "amount", "--where", f"area={area}", f"team={team}")
    assert narrowed == asked(sample_warehouse, "amount", "--where", f"area={area}", "--where", f"team={team}")
    assert narrowed == [{"amount": by_team[0]["amount"]}]


def test_csv_and_table_say_the_same(sample_warehouse: Path) -> None:
    words = ["amount", "--by", "team", *OCTOBER, "--warehouse", str(sample_warehouse)]
    rows = list(csv.DictReader(io.StringIO(CliRunner().invoke(app, [*words, "--format", "csv"]).stdout)))
    table = CliRunner().invoke(app, words).stdout
    assert len(rows) == 3
    assert all(row["team"] in table for row in rows)


def test_all_figures_are_listed_with_both_names() -> None:
    rows = json.loads(CliRunner().invoke(app, ["list", "--format", "json"]).stdout)
    assert {"name": "hhi", "title": "Herfindahl index", "title_zh": "赫芬达尔指数"}.items() <= next(
        row for row in rows if row["name"] == "hhi"
    ).items()


def test_mistakes_are_told_in_a_line_and_a_hint(sample_warehouse: Path, tmp_path: Path) -> None:
    for words, said in (
        (["amuont", *OCTOBER], "amount"),
        (["amount", "--from", "yesterday", "--to", "2026-10-31"], "YYYY-MM-DD"),
        (["amount", *OCTOBER, "--where", "colour=red"], "names are area, tier_band, channel, customer, team"),
        (["strike_rate", *OCTOBER, "--by", "brand"], "It can be split by area"),
    ):
        answer = CliRunner().invoke(app, [*words, "--warehouse", str(sample_warehouse)])
        assert answer.exit_code == 1
        assert said in answer.stderr and "Traceback" not in answer.output
    nothing = CliRunner().invoke(app, ["amount", *OCTOBER, "--warehouse", str(tmp_path)])
    assert nothing.exit_code == 1 and "python -m etl load" in nothing.stderr


def test_a_pipe_gets_whole_names() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "metrics", "list"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    lines = done.stdout.splitlines()[1:]
    assert [line.split()[0] for line in lines] == list(figures())
    for line, figure in zip(lines, figures().values(), strict=True):
        assert figure.title[0] in line and figure.formula[1] in line


def test_it_runs_as_a_module_and_no_data_is_an_empty_list(sample_warehouse: Path) -> None:
    command = [sys.executable, "-m", "metrics", "amount", "--from", "2001-01-01", "--to", "2001-01-31"]
    command += ["--warehouse", str(sample_warehouse), "--format", "json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == []
