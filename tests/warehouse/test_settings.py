"""Settings: the environment over the file over the defaults, and wrong ones named."""

from pathlib import Path

import pytest

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
    [("keep_versions = 0", "keep_versions"), ("colour = 'red'", "colour"), ("reject_share = 'many'", "reject_share")],
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
