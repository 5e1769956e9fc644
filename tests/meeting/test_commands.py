"""The commands of `python -m meeting` refuse what is misspelt in one way."""

import pytest
from typer.testing import CliRunner

from meeting.__main__ import app


@pytest.mark.parametrize("command", ["export", "digest"])
@pytest.mark.parametrize("misspelt", [("--format", "doc"), ("--language", "fr"), ("--names", "nobody's")], ids=" ".join)
def test_a_word_that_is_none_of_the_choices_is_a_misspelt_command(command: str, misspelt: tuple[str, str]) -> None:
    told = CliRunner().invoke(app, [command, "--date", "2026-11-30", *misspelt])
    assert told.exit_code == 2 and misspelt[1] in told.stderr and "Traceback" not in told.stderr
