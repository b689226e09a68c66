"""Reads settings from environment variables, and says in plain sentences what is missing or wrong."""

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

TRUE, FALSE = frozenset({"1", "true", "yes", "on"}), frozenset({"0", "false", "no", "off", ""})


class Environment:
    """Typed reading of variables. Faults are collected, so that one start reports all of them."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self.variables = variables
        self.problems: list[str] = []

    def text(self, name: str, default: str = "") -> str:
        return self.variables.get(name, "").strip() or default

    def required(self, name: str, what_it_is: str) -> str:
        value = self.text(name)
        if not value:
            self.problems.append(f"{name} is not set. It is {what_it_is}.")
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.variables.get(name)
        if value is None:
            return default
        if value.strip().lower() in TRUE:
            return True
        if value.strip().lower() not in FALSE:
            self.problems.append(f"{name} is {value!r}. Write 1 for yes or 0 for no.")
        return False

    def words(self, name: str) -> list[str]:
        """A list, separated by commas or spaces."""
        return self.text(name).replace(",", " ").split()

    def database(self) -> dict[str, str]:
        """Django's connection settings, from DATABASE_URL or from PostgreSQL's own PG* variables."""
        url = self.text("DATABASE_URL")
        if url:
            return self._database_from_url(url)
        if not self.text("PGHOST"):
            self.problems.append(
                "No database is set. Set DATABASE_URL, for example postgresql://user:password@host/openmash, "
                "or PostgreSQL's own variables PGHOST, PGDATABASE, PGUSER and PGPASSWORD."
            )
        return {
            "HOST": self.text("PGHOST"),
            "PORT": self.text("PGPORT"),
            "NAME": self.text("PGDATABASE", "openmash"),
            "USER": self.text("PGUSER"),
            "PASSWORD": self.text("PGPASSWORD"),
        }

    def _database_from_url(self, url: str) -> dict[str, str]:
        parts = urlsplit(url)
        if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
            self.problems.append("DATABASE_URL must look like postgresql://user:password@host:port/database.")
        try:
            port = str(parts.port or "")
        except ValueError:
            self.problems.append("The port in DATABASE_URL must be a whole number.")
            port = ""
        return {
            "HOST": unquote(parts.hostname or ""),
            "PORT": port,
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
        }
