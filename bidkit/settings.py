"""The one frozen Settings, read from BIDKIT_* at the edges and passed inwards as values."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path
from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where data lies and which engines hold it. Unset values mean the embedded default."""

    model_config = SettingsConfigDict(env_prefix="BIDKIT_", frozen=True)

    home: Path = Field(default_factory=lambda: user_data_path("bidkit", appauthor=False), description="data folder")
    database_url: str = Field(default="", description="SQLAlchemy URL; empty means SQLite under `home`")
    storage_url: str = Field(default="", description="fsspec URL of the blob store; empty means a folder under `home`")

    @property
    def database(self) -> str:
        """The SQLAlchemy URL in force."""
        return self.database_url or f"sqlite:///{self.home / 'bidkit.db'}"

    @property
    def storage(self) -> str:
        """The blob store's URL in force."""
        return self.storage_url or (self.home / "blobs").as_uri()
