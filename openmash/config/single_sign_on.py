"""Reads the identity provider that staff may sign in with (OpenID Connect) from the environment."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from openmash.config.environment import Environment


@dataclass(frozen=True)
class SingleSignOn:
    """What allauth needs to know of each provider, and the origins a form may lead to."""

    apps: list[dict[str, Any]] = field(default_factory=list)
    origins: list[str] = field(default_factory=list)


def providers(env: Environment) -> SingleSignOn:
    """The configured provider; empty when OPENMASH_OIDC_URL is not set."""
    url = env.text("OPENMASH_OIDC_URL")
    if not url:
        return SingleSignOn()
    parts = urlsplit(url)
    if parts.scheme not in ("https", "http") or not parts.netloc:
        env.problems.append("OPENMASH_OIDC_URL must be a whole address, such as https://login.example.org.")
    app = {
        "provider_id": "agency",
        "name": env.text("OPENMASH_OIDC_NAME", "your organisation’s account"),
        "client_id": env.required(
            "OPENMASH_OIDC_CLIENT_ID", "the name this service has at the identity provider"
        ),
        "secret": env.required("OPENMASH_OIDC_SECRET", "the secret agreed with the identity provider"),
        "settings": {"server_url": url},
    }
    return SingleSignOn(apps=[app], origins=[f"{parts.scheme}://{parts.netloc}"])
