"""The project's settings: environment variables (PINYU_…) first, then one TOML file, then the defaults here."""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict
from pydantic_settings.exceptions import SettingsError as NotReadable

from warehouse import relationships
from warehouse.delivery import Smtp, Webhook
from warehouse.errors import PinyuError
from warehouse.scoring import RULES, Rule, laid_over, some_weight

ROOT = Path(__file__).resolve().parent.parent
SETTINGS_FILE_VARIABLE = "PINYU_SETTINGS"
DEFAULT_SETTINGS_FILE = ROOT / "pinyu.toml"
SIZE = r"^\d+(\.\d+)?\s*[KMGT]i?B$"
BYTES = {"K": 1, "M": 2, "G": 3, "T": 4}


class SettingsError(PinyuError):
    """A setting has a name or a value that cannot be used."""


class Settings(BaseSettings):
    """Everything that an installation may change. Frozen; read explicitly with `load_settings`."""

    model_config = SettingsConfigDict(env_prefix="PINYU_", frozen=True, extra="forbid", hide_input_in_errors=True)

    warehouse: Path = Field(ROOT / "data" / "warehouse", description="Folder of the warehouse's version files.")
    records: Path = Field(
        ROOT / "data" / "records.sqlite",
        description="SQLite file of what is written in the app: meetings, decisions, launch plans, weeks, activity.",
    )
    keep_versions: int = Field(5, ge=1, description="How many versions of the warehouse are kept.")
    reject_share: float = Field(0.05, ge=0, le=1, description="A larger share of rejected rows stops the publish.")
    memory_limit: str = Field("4GB", pattern=SIZE, description="Memory DuckDB may use.")
    unpacked_limit: str = Field("20GB", pattern=SIZE, description="Bytes that archives and workbooks may unpack to.")
    column_limit: int = Field(1000, ge=1, description="How many columns a file may have.")
    upload_limit: str = Field("1GB", pattern=SIZE, description="Bytes of the files that are uploaded at a time.")
    upload_memory: str = Field("1GB", pattern=SIZE, description="Memory that loading what is uploaded may use.")
    may_publish: bool = Field(True, description="Whether what is uploaded may be published from the screen.")
    upload_rows: int = Field(20_000_000, ge=1, description="How many rows files that are uploaded may have together.")
    threads: int = Field(default_factory=lambda: os.cpu_count() or 2, ge=1, description="Threads DuckDB may use.")
    may_go_back: bool = Field(True, description="Whether the page Data offers to go back to another version.")
    fresh_days: int = Field(
        7, ge=0, description="Data older than this many days: periods count from the last day with data."
    )
    language: str = Field("", pattern="^(|zh|en)$", description="Language of the screen; empty: the browser's.")
    strike_rate_reference: float = Field(0.5, ge=0, le=1, description="Share of selling visits that should succeed.")
    largest_customer_share: float = Field(
        0.05, ge=0, le=1, description="A customer with more of the amount than this is a risk to point out."
    )
    largest_manager_share: float = Field(
        0.2, ge=0, le=1, description="A manager with more of the amount than this is a risk to point out."
    )
    score: Annotated[Mapping[str, Rule], BeforeValidator(laid_over(RULES)), AfterValidator(some_weight)] = Field(
        RULES, description="How a manager's figures make the score, as in [score.strike_rate] weight = 8."
    )
    relationship: Annotated[
        Mapping[str, Rule], BeforeValidator(laid_over(relationships.RULES)), AfterValidator(some_weight)
    ] = Field(
        relationships.RULES,
        description="How a customer's month makes its relationship's score, as in [relationship.breadth] goal = 0.5.",
    )
    relationship_least: Annotated[Mapping[str, float], AfterValidator(relationships.falling)] = Field(
        relationships.LEAST, description="The least score of a partner, a cooperative and an ordinary customer."
    )
    five_steps_done: float = Field(
        0.8, gt=0, le=1, description="Share from which a figure of the 135 month counts as done."
    )
    five_steps_partly: float = Field(
        0.5, ge=0, le=1, description="Share from which a figure of the 135 month counts as partly done."
    )
    five_steps_least_rise: float = Field(
        0.01, ge=0, le=1, description="A figure of the 135 month that rose by less has not moved."
    )
    productive_call_reference: float = Field(
        0.6, gt=0, le=1, description="Share of visits that should be followed by an order within a week."
    )
    satisfaction_reference: float = Field(75, gt=0, le=100, description="Score that retailers should give, 0 to 100.")
    brand_visits_reference: float = Field(
        0.25, gt=0, le=1, description="Share of a manager's visits that should be for a brand."
    )
    brand_purposes: tuple[str, ...] = Field(
        ("品牌", "新品", "陈列", "上柜", "铺货", "brand", "launch", "display", "shelf"),
        description="A visit is for a brand where its purpose holds one of these.",
    )
    fewest_visits: int = Field(10, ge=1, description="Rates of fewer visits than this are told and not judged.")
    fewest_answers: int = Field(5, ge=1, description="Scores of fewer answers than this are told and not judged.")
    newcomer_months: int = Field(12, ge=1, description="For so many months after being hired one is a newcomer.")
    coach_full: int = Field(4, ge=1, description="A coach who leads so many newcomers has enough.")
    coach_most: int = Field(5, ge=1, description="A coach who leads more newcomers than this has too many.")
    distinguished_years: float = Field(3, ge=0, description="Years of service that a distinguished salesperson needs.")
    distinguished_figure: str = Field(
        "focus_distribution", description="Figure of the fair comparison on which that person is in the top third."
    )
    distinguished_probability: float = Field(
        0.8, ge=0, le=1, description="How likely that has to be, at the least, territory and chance considered."
    )
    visit_cycles: dict[Annotated[int, Field(ge=1)], Annotated[int, Field(ge=1, le=3650)]] = Field(
        default={1: 45, 11: 30, 21: 15},
        min_length=1,
        description="Days that may pass between two visits to a customer, from a tier on.",
    )
    visits_a_week: int = Field(10, ge=1, le=100, description="How many visits are suggested for a manager's next week.")
    words: dict[str, dict[str, str]] = Field(
        default_factory=dict,
        description="Own words by language, as in [words.zh] '零售户' = '客户', laid over the catalogues.",
    )

    smtp: Smtp = Field(Smtp(), description="Mail server of the digest: [smtp] host, sender, to and more.")
    webhook: Webhook = Field(Webhook(), description="Robot of a chat group: [webhook] kind, url, secret.")

    @field_validator("five_steps_partly")
    @classmethod
    def _not_above_done(cls, partly: float, info: ValidationInfo) -> float:
        if partly > info.data.get("five_steps_done", 1):
            raise ValueError("must not be above five_steps_done")
        return partly

    @field_validator("coach_most")
    @classmethod
    def _not_below_full(cls, most: int, info: ValidationInfo) -> int:
        if most < info.data.get("coach_full", 1):
            raise ValueError("must not be below coach_full")
        return most

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the environment overrule the file, whose values arrive as arguments."""
        return env_settings, init_settings


def in_bytes(size: str) -> int:
    """A size such as 4GB or 512 MiB in bytes."""
    number, unit = size.rstrip("Bbi").rstrip("KMGT").strip(), size.rstrip("Bi").strip()[-1]
    return int(float(number) * float((1024 if "i" in size else 1000) ** BYTES[unit]))


def load_settings() -> Settings:
    """Settings of this installation.

    Reads the TOML file named by PINYU_SETTINGS, else `pinyu.toml` beside app.py where there is one.
    Raises SettingsError naming the file and the key when a value cannot be used.
    """
    path = Path(os.environ.get(SETTINGS_FILE_VARIABLE) or DEFAULT_SETTINGS_FILE)
    values = _read_toml(path) if path.exists() or SETTINGS_FILE_VARIABLE in os.environ else {}
    try:
        return Settings(**values)
    except ValidationError as error:
        problem = error.errors()[0]
        key = ".".join(str(part) for part in problem["loc"])
        raise SettingsError(
            f"Setting {key!r} (in {path.name} or the environment variable PINYU_{str(problem['loc'][0]).upper()}): "
            f"{problem['msg']}.",
            "Correct or remove it; the README lists the settings.",
        ) from error
    except NotReadable as error:
        raise SettingsError(
            f"An environment variable PINYU_… is not written as its setting needs: {error}.",
            "Tables such as PINYU_WORDS and PINYU_SCORE are JSON; the README lists the settings.",
        ) from error


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"The settings file {path} cannot be read: {error}.", "Correct or remove it.") from error
