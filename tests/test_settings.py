"""Settings from the environment and .env; bad values are told in one sentence, and the token never."""

import traceback
from pathlib import Path

import pytest
from pydantic import ValidationError

from tutorbot.errors import SettingsError
from tutorbot.settings import Settings, read_settings

TOKEN = "MTE4.secret-part.of-a-token"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder and an environment in which nothing is set."""
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(f"TUTORBOT_{name.upper()}", raising=False)


def test_nothing_needs_to_be_set() -> None:
    settings = read_settings()
    assert settings.discord_token is None
    assert (settings.knowledge / "alliances" / "course.yaml").exists()
    assert (settings.prompts / settings.language).is_dir()


def test_what_is_given_comes_before_the_environment_and_that_before_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text(
        "TUTORBOT_COURSE=file\nTUTORBOT_LANGUAGE=file\nTUTORBOT_MODEL=file\nOTHER=1\n", encoding="utf-8"
    )
    monkeypatch.setenv("TUTORBOT_COURSE", "environment")
    monkeypatch.setenv("tutorbot_language", "environment")
    settings = read_settings(course="given", language=None)
    assert (settings.course, settings.language, settings.model) == ("given", "environment", "file")


@pytest.mark.parametrize("name", ["DISCORD_TOKEN", "COURSE", "CACHE", "WRONG_COST", "MESSAGE_CONTENT"])
def test_an_empty_value_is_not_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    usual = read_settings()
    monkeypatch.setenv(f"TUTORBOT_{name}", "")
    assert read_settings() == usual
    monkeypatch.delenv(f"TUTORBOT_{name}")
    (tmp_path / ".env").write_text(f"TUTORBOT_{name}=\n", encoding="utf-8")
    assert read_settings() == usual


def test_the_home_folder_may_be_written_short(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".env").write_text("TUTORBOT_CACHE=~/held\n", encoding="utf-8")
    assert read_settings().cache == tmp_path / "held"
    assert read_settings(knowledge=Path("~/courses")).knowledge == tmp_path / "courses"


def test_the_cache_is_where_the_system_keeps_caches(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert read_settings().cache == tmp_path / "tutorbot"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("WRONG_COST", "0", "TUTORBOT_WRONG_COST cannot be used: input should be greater than 0."),
        ("WRONG_COST", "nan", "TUTORBOT_WRONG_COST cannot be used: input should be "),
        ("WRONG_COST", "inf", "TUTORBOT_WRONG_COST cannot be used: input should be less than or equal to 100."),
        ("WRONG_COST", "much", "TUTORBOT_WRONG_COST cannot be used: input should be a valid number, unable"),
        ("LOG_LEVEL", "LOUD", "TUTORBOT_LOG_LEVEL cannot be used: string should match pattern"),
        ("MESSAGE_CONTENT", "perhaps", "TUTORBOT_MESSAGE_CONTENT cannot be used: input should be a valid boolean"),
        ("CACHE", "~nobody-of-that-name/x", "TUTORBOT_CACHE cannot be used: there is no home folder for ~nobody"),
    ],
)
def test_a_bad_value_is_told_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(f"TUTORBOT_{name}", value)
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert str(caught.value).startswith(sentence)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def test_a_settings_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"TUTORBOT_COURSE=\xff\n")
    with pytest.raises(SettingsError, match=r"The file \.env is not UTF-8 text; save it as UTF-8\."):
        read_settings()


def test_the_token_is_read_and_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUTORBOT_DISCORD_TOKEN", TOKEN)
    settings = read_settings()
    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == TOKEN
    for printed in (repr(settings), str(settings), settings.model_dump_json(), repr(settings.model_dump())):
        assert TOKEN not in printed


@pytest.mark.parametrize("name", ["LOG_LEVEL", "WRONG_COST", "MESSAGE_CONTENT"])
def test_a_token_in_the_wrong_line_is_not_printed_either(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    (tmp_path / ".env").write_text(f"TUTORBOT_DISCORD_TOKEN={TOKEN}\nTUTORBOT_{name}={TOKEN}\n", encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    assert TOKEN not in "".join(traceback.format_exception(caught.value))


def test_settings_do_not_change_once_they_are_read() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        read_settings().course = "x"  # type: ignore[misc]


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not (field.description or "").endswith(".")] == []
