"""Settings: the environment over the file over the defaults, and wrong ones named."""

from pathlib import Path

import pytest

from warehouse.scoring import RULES
from warehouse.settings import SettingsError, load_settings


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file that is read."""
    path = tmp_path / "own.toml"
    monkeypatch.setenv("PINYU_SETTINGS", str(path))
    return path


def test_the_environment_overrules_the_file(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file.write_text('keep_versions = 3\nlanguage = "zh"\n[words.zh]\n"零售户" = "客户"\n', encoding="utf-8")
    monkeypatch.setenv("PINYU_KEEP_VERSIONS", "9")
    settings = load_settings()
    assert (settings.keep_versions, settings.language, settings.words) == (9, "zh", {"zh": {"零售户": "客户"}})


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("keep_versions = 0", "keep_versions"),
        ("colour = 'red'", "colour"),
        ("reject_share = 'many'", "reject_share"),
        ("five_steps_partly = 0.9", "five_steps_partly"),
        ("five_steps_done = 0.4", "five_steps_partly"),
        ("coach_most = 3", "coach_most"),
        ("coach_full = 6", "coach_most"),
        ("[smtp]\nport = 0", "smtp.port"),
        ("[smtp]\nhots = 'mail'", "smtp.hots"),
        ("[webhook]\nkind = 'pigeon'", "webhook.kind"),
        ("[webhook]\nurl = 'ftp://x'", "webhook"),
    ],
)
def test_a_wrong_setting_is_named_with_its_file(file: Path, text: str, named: str) -> None:
    file.write_text(text)
    with pytest.raises(SettingsError, match=named) as failure:
        load_settings()
    assert "own.toml" in str(failure.value)


def test_a_file_that_cannot_be_read_is_named(file: Path) -> None:
    with pytest.raises(SettingsError, match=r"own\.toml"):
        load_settings()
    file.write_text("keep_versions = ")
    with pytest.raises(SettingsError, match=r"own\.toml"):
        load_settings()


def test_a_rule_of_the_score_is_laid_over_the_published_one_value_by_value(file: Path) -> None:
    assert sum(rule.weight for rule in RULES.values()) == 100
    file.write_text("[score.strike_rate]\nweight = 9\n[score.visits_a_day]\nweight = 5\ngoal = 10\n")
    score = load_settings().score
    assert (score["strike_rate"].weight, score["strike_rate"].goal) == (9, RULES["strike_rate"].goal)
    assert (score["visits_a_day"].weight, score["visits_a_day"].floor, score["visits_a_day"].goal) == (5, 4, 10)
    assert score["plan_compliance"] == RULES["plan_compliance"]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[score.amount]\nweight = 5", "a floor and a goal"),  # an amount has none of its own
        ("[score.strike_rate]\nfloor = 0.6\ngoal = 0.6", "that differ"),
        ("[score.strike_rate]\nweight = -1", "strike_rate"),
        ("[score.strike_rate]\ngoal = nan", "strike_rate"),
        ("[score.charm]\nweight = 1", "charm"),
        ("score = 7", "score"),
        ("".join(f"[score.{name}]\nweight = 0\n" for name in RULES), "at least one"),
    ],
)
def test_a_rule_that_cannot_score_is_refused_in_words(file: Path, text: str, named: str) -> None:
    file.write_text(text)
    with pytest.raises(SettingsError, match=named) as failure:
        load_settings()
    assert "own.toml" in str(failure.value)


def test_a_table_of_settings_in_the_environment_is_json_and_told_where_it_is_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PINYU_SCORE", '{"strike_rate": {"weight": 9}}')
    assert load_settings().score["strike_rate"].weight == 9
    monkeypatch.setenv("PINYU_SCORE", "nine")
    with pytest.raises(SettingsError, match="score"):
        load_settings()


def test_a_password_in_the_environment_joins_the_file_and_is_printed_nowhere(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text('[smtp]\nhost = "mail"\nto = ["a@example.com"]\n')
    monkeypatch.setenv("PINYU_SMTP", '{"password": "hunter2"}')
    smtp = load_settings().smtp
    assert (smtp.host, smtp.to, smtp.password.get_secret_value()) == ("mail", ("a@example.com",), "hunter2")
    assert "hunter2" not in f"{load_settings()!r} {load_settings()} {load_settings().model_dump_json()}"
    for wrong in ('{"password": "hunter2", "security": "none"}', '{"password": ["hunter2"]}', '{"password": "hunter2"'):
        monkeypatch.setenv("PINYU_SMTP", wrong)
        with pytest.raises(SettingsError) as told:
            load_settings()
        assert "hunter2" not in f"{told.value!r} {told.value.__cause__!r} {told.value.__cause__}"
