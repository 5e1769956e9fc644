"""What the rooms below the screen say, in the screen's language; values in it stay as they came."""

import pytest

from ui.told import in_screens_language, in_words
from ui.told_sentences import sentences
from ui.words import speaking


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ("十月.csv is empty.", "十月.csv是空的。"),
        ("a is empty. is empty.", "a is empty.是空的。"),
        ("x.zip/<b>\n*y*.csv is locked with a password.", "x.zip/<b>\n*y*.csv有密码保护。"),
        ("{0} is empty.", "{0}是空的。"),
        ("x.csv has 1,201 columns; at most 1,000 are read.", "x.csv有1,201列，至多读取1,000列。"),
        ("The load could not be finished, v1 stays: no room", "载入未能完成，v1 stays：no room"),
        ("Nobody wrote this sentence down.", "Nobody wrote this sentence down."),
    ],
)
def test_a_sentence_is_said_in_chinese_with_its_values_as_they_came(told: str, said: str) -> None:
    with speaking("zh"):
        assert in_screens_language(told) == said
    with speaking("en"):
        assert in_screens_language(told) == told


def test_a_message_and_its_hint_are_no_markdown() -> None:
    with speaking("zh"):
        assert in_words("<b>.csv is empty.", "Export it again.") == "\\<b\\>.csv是空的。\n\n请重新导出。"


def test_sentences_are_those_of_errors_and_what_is_worked_out_in_them_is_numbered() -> None:
    source = """
raise FileProblem(f"{name} has {len(x):,} columns; {'a' if y else 'b'}.", "Do this." if z else "Do that.") from error
raise ValueError("no sentence for people")
Outcome(0, None, "Stopped; nothing was published.")
"""
    assert [text for _line, text in sentences(source)] == [
        *("{0} has {1} columns; {2}.", "Do this.", "Do that."),
        "Stopped; nothing was published.",
    ]
