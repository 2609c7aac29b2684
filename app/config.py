"""What an operator may set, read from the environment (`CASEFILE_...`) or a `.env` file.

`.env.example` is generated from this model by `casefile write-docs`; a test keeps it so.
"""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

SHORTEST_SECRET = 32
DEVELOPMENT_SECRET = "development only, never in production"  # noqa: S105 - refused elsewhere
"""What signs form tokens in development when no secret is set. Everybody can read it."""

ROOT = Path(__file__).resolve().parent.parent


_STATED = {
    "organisation": "who runs this service",
    "contact_email": "an e-mail address for questions",
    "data_protection_contact": "how to reach the data protection officer",
    "accessibility_prepared": "when the accessibility statement was last looked over",
    "accessibility_tested": "when people last tested its accessibility",
    "accessibility_tested_by": "who tested its accessibility",
}
"""What an operator states to everybody, and how a page names it while it is missing."""

_IN_EVERY_NOTICE = ("organisation", "contact_email")


class Environment(StrEnum):
    """Where this installation stands: everything but development insists on a real secret."""

    DEVELOPMENT = "development"
    PRODUCTION = "production"


class ToolFiles(BaseSettings):
    """Where the files of audit tools are: read alone by commands that need no secret."""

    model_config = SettingsConfigDict(env_prefix="CASEFILE_", env_file=".env", extra="ignore")

    audit_tools: Path = Field(
        ROOT / "audit_tools", description="The folder of audit tool files.", exclude=True
    )


class Settings(ToolFiles):
    """The settings of one installation."""

    environment: Environment = Field(
        Environment.PRODUCTION,
        description="development or production; development allows a missing secret and http.",
    )
    secret: SecretStr = Field(
        SecretStr(""),
        description="At least 32 random characters; signs form tokens. "
        'Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(48))"',
    )
    database_url: str = Field(
        "sqlite:///data/casefile.db",
        description="The embedded SQLite file (one process), or postgresql://user:password@host/name.",
    )
    host: str = Field("127.0.0.1", description="The address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="The port to listen on.")
    workers: int = Field(
        1, ge=1, le=64, description="Serving processes; more than 1 needs PostgreSQL."
    )
    public_address: str = Field(
        "",
        pattern=r"^(https?://[^/?#\s]+)?$",
        description="Where people reach the service, as in https://casefile.example.org: what "
        "invitation and calendar links begin with. Empty: as the browser or calendar addressed it.",
    )
    trusted_proxies: str = Field(
        "127.0.0.1",
        description="Addresses of reverse proxies whose X-Forwarded-For is believed.",
    )
    organisation: str = Field(
        "",
        max_length=200,
        description="Who runs this installation and answers for the personal data in it: named in "
        "the privacy notice and the accessibility statement, like the five that follow.",
    )
    contact_email: str = Field(
        "", max_length=254, description="Where anybody writes for help, or in another format."
    )
    data_protection_contact: str = Field(
        "", max_length=254, description="How to reach the data protection officer, in one line."
    )
    accessibility_prepared: str = Field(
        "",
        max_length=40,
        description="When the accessibility statement was last looked over, as in 3 November 2026.",
    )
    accessibility_tested: str = Field(
        "",
        max_length=40,
        description="When people last tested its accessibility, as in 3 November 2026.",
    )
    accessibility_tested_by: str = Field("", max_length=200, description="Who tested it then.")

    @property
    def in_development(self) -> bool:
        """Whether the relaxations of development apply."""
        return self.environment is Environment.DEVELOPMENT

    @property
    def embedded(self) -> bool:
        """Whether the database is the embedded SQLite file."""
        return self.database_url.startswith("sqlite")

    @property
    def not_configured(self) -> tuple[str, ...]:
        """What the privacy notice and the accessibility statement still want, as people say it."""
        return self._wanted(_STATED)

    @property
    def privacy_wants(self) -> tuple[str, ...]:
        """What the privacy notice still wants."""
        return self._wanted((*_IN_EVERY_NOTICE, "data_protection_contact"))

    @property
    def accessibility_wants(self) -> tuple[str, ...]:
        """What the accessibility statement still wants."""
        return self._wanted(
            (*_IN_EVERY_NOTICE, *(name for name in _STATED if name.startswith("accessibility")))
        )

    def _wanted(self, stated: Iterable[str]) -> tuple[str, ...]:
        return tuple(_STATED[name] for name in stated if not getattr(self, name).strip())

    @field_validator("database_url")
    @classmethod
    def _one_of_two_databases(cls, url: str) -> str:
        """Casefile is tested on two databases: any other is refused before it is asked."""
        if not url.startswith(("sqlite:///", "postgresql://")):
            raise ValueError("write sqlite:///path/of/file.db or postgresql://user@host/name")
        return url

    @model_validator(mode="after")
    def _refuse_a_weak_secret(self) -> "Settings":
        """Outside development a guessable secret would let anybody forge form tokens."""
        if not self.in_development and _weak(self.secret.get_secret_value()):
            raise ValueError(
                "CASEFILE_SECRET is missing or weak: set it to at least 32 random characters "
                "(or CASEFILE_ENVIRONMENT=development on your own machine)"
            )
        return self

    @model_validator(mode="after")
    def _one_writer_on_sqlite(self) -> "Settings":
        """SQLite is written by one process; a second needs PostgreSQL."""
        if self.embedded and self.workers > 1:
            raise ValueError(
                "CASEFILE_WORKERS is more than 1 but the database is SQLite, which one process "
                "writes: set CASEFILE_DATABASE_URL to PostgreSQL or CASEFILE_WORKERS=1"
            )
        return self


def _weak(secret: str) -> bool:
    """Whether a secret is short, of few letters, known to everybody, or one thing over and over."""
    if len(secret) < SHORTEST_SECRET or len(set(secret)) < SHORTEST_SECRET // 4:
        return True
    repeats = any(
        secret == (secret[:size] * len(secret))[: len(secret)]
        for size in range(1, len(secret) // 2 + 1)
    )
    return repeats or secret == DEVELOPMENT_SECRET


def example() -> str:
    """Write `.env.example`: every setting an operator may change, with its meaning and default."""
    lines = ["# Generated from app/config.py by `casefile write-docs`; copy to .env.", ""]
    for name, field in Settings.model_fields.items():
        if field.exclude:
            continue
        value = field.default
        shown = value.get_secret_value() if isinstance(value, SecretStr) else value
        lines += [f"# {field.description}", f"CASEFILE_{name.upper()}={shown}", ""]
    return "\n".join(lines)
