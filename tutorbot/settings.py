"""Settings, from the environment (``TUTORBOT_…``) and a ``.env`` file in the working folder."""

import os
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from tutorbot.errors import SettingsError

_HERE = Path(__file__).resolve().parent


def _from_home(path: Path) -> Path:
    """``~`` in a .env file comes as it is written; no shell has replaced it."""
    try:
        return path.expanduser()
    except RuntimeError as error:
        raise ValueError(f"there is no home folder for {path}") from error


_Folder = Annotated[Path, AfterValidator(_from_home)]


def _shipped(name: str) -> Path:
    """A folder that an installed package carries inside, and a checkout beside it."""
    inside = _HERE / "_shipped" / name
    return inside if inside.is_dir() else _HERE.parent / name


def _cache() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "tutorbot"


def default_data_folder() -> Path:
    """Where what must last is kept unless a setting says otherwise."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "tutorbot"


def _database() -> str:
    return f"sqlite+aiosqlite:///{default_data_folder() / 'tutorbot.sqlite3'}"


class Settings(BaseSettings):
    """What the person who runs the bot can set. The README's table is made from these fields."""

    model_config = SettingsConfigDict(
        env_prefix="TUTORBOT_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,  # a token in the wrong line is not printed
    )

    discord_token: SecretStr | None = Field(
        None, description="The bot's token. Without it `tutorbot run` opens the playground."
    )
    discord_api: str | None = Field(
        None, description="Another Discord to talk to, on this machine only: the address of its REST API."
    )
    discord_gateway: str | None = Field(None, description="The address of that Discord's gateway.")
    message_content: bool = Field(False, description="Whether Discord has granted the message content intent.")
    course: str | None = Field(
        None,
        description="The course of private messages and of servers that chose none; if there are several, the bot takes the first by "
        "id, and commands in the terminal need a name.",
    )
    knowledge: _Folder = Field(default_factory=lambda: _shipped("knowledge"), description="The folder of courses.")
    prompts: _Folder = Field(
        default_factory=lambda: _shipped("prompts"), description="The folder of wording templates."
    )
    language: str = Field("en", description="The language of the wording: a folder below the templates.")
    model: str = Field(
        "all-MiniLM-L6-v2",
        description="The encoder: the default's name, or the folder of a sentence-transformers model.",
    )
    database: str = Field(
        default_factory=_database,
        description="The database of all that lasts, as an SQLAlchemy address: SQLite or PostgreSQL.",
        repr=False,  # it may hold a password
    )
    question_days: int = Field(90, ge=1, le=3_650, description="For how many days questions are kept.")
    cache: _Folder = Field(default_factory=_cache, description="Where the prepared model and the vectors are kept.")
    wrong_cost: float = Field(1.25, gt=0, le=100, description="What a wrong answer costs, counted in missed answers.")
    log_level: str = Field("INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="How much is logged.")

    @property
    def threshold(self) -> float:
        """The chance from which an answer is worth giving: p with (1 - p) * wrong_cost = p."""
        return self.wrong_cost / (1 + self.wrong_cost)


def read_settings(**given: object) -> Settings:
    """The settings; values that are given and not None come first. Raises SettingsError in one sentence."""
    try:
        return Settings(**{key: value for key, value in given.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        name = "TUTORBOT_" + str(first["loc"][0]).upper()
        raise SettingsError(f"{name} cannot be used: {_said(first['msg'])}.") from error
    except ValueError as error:
        raise SettingsError("The file .env is not UTF-8 text; save it as UTF-8.") from error


def _said(message: str) -> str:
    """pydantic's message as a part of a sentence."""
    message = message.removeprefix("Value error, ")
    return message[0].lower() + message[1:]
