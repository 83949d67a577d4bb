"""The one frozen Settings, read from BIDKIT_* at the edges and passed inwards as values."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where data lies and which engines hold it. Unset values mean the embedded default."""

    model_config = SettingsConfigDict(env_prefix="BIDKIT_", frozen=True, env_ignore_empty=True)

    home: Path = Field(default_factory=lambda: user_data_path("bidkit", appauthor=False), description="data folder")
    database_url: str = Field(default="", repr=False, description="SQLAlchemy URL; empty means SQLite under `home`")
    storage_url: str = Field(
        default="", repr=False, description="fsspec URL of the blob store; empty means a folder under `home`"
    )
    upload_limit_mb: int = Field(default=500, ge=1, description="megabytes one upload to the deal room may have")

    room_address: str = Field(default="", description="where people open the deal room; empty means no links to it")
    prefect_api_url: str = Field(
        default="", description="the Prefect API whose waiting runs hear of decisions; empty means none"
    )
    prefect_api_auth: str = Field(default="", repr=False, description="its user:password where it asks for one")

    @field_validator("home")
    @classmethod
    def _from_anywhere(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    @property
    def database(self) -> str | Path:
        """The SQLAlchemy URL in force, or the path of the SQLite file."""
        return self.database_url or self.home / "bidkit.db"

    @property
    def storage(self) -> str | Path:
        """The blob store's URL in force, or its folder."""
        return self.storage_url or self.home / "blobs"
