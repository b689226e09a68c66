"""This installation as others know it, and the others it speaks with: an allow-list, read from a file.

The file is a CSV with a row for each agency that may be asked elsewhere:

    installation,address,public_key,agency,their_number
    southshire,https://mash.southshire.example,3q2+7w…=,Southshire Police,12

agency: as it is called in our own directory. their_number: what the other side calls it. Both are empty for an
installation that may ask us and has nobody to be asked. public_key: Ed25519, 32 bytes in base64.
"""

import base64
import binascii
import csv
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
KEY = 32


@dataclass(frozen=True)
class Ours:
    """This installation."""

    name: str
    key: Ed25519PrivateKey


@dataclass(frozen=True)
class Other:
    """Another installation, and its agencies: our name for each, and its number there."""

    name: str
    address: str
    key: Ed25519PublicKey
    agencies: dict[str, int]


def ours() -> Ours | None:
    """This installation, or None when it speaks with no other."""
    name, key, others = (
        settings.OPENMASH_INSTALLATION,
        settings.OPENMASH_INSTALLATION_KEY,
        settings.OPENMASH_INSTALLATIONS_FILE,
    )
    if not (name and key and others):
        return None
    return Ours(name, Ed25519PrivateKey.from_private_bytes(_bytes(key, "OPENMASH_INSTALLATION_KEY")))


def others() -> dict[str, Other]:
    """Every other installation by its name; none when this is not set up.

    Raises:
        ImproperlyConfigured: a row cannot be read. Says which, and what is wrong with it.
    """
    if ours() is None:
        return {}
    found: dict[str, Other] = {}
    with Path(settings.OPENMASH_INSTALLATIONS_FILE).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            each = _read(row)
            before = found.get(each.name)
            if before is not None and (before.address, row["public_key"]) != (
                each.address,
                _text(before.key),
            ):
                raise ImproperlyConfigured(f"{each.name} has two addresses or keys in the list.")
            found[each.name] = Other(
                each.name, each.address, each.key, {**(before.agencies if before else {}), **each.agencies}
            )
    return found


def elsewhere(agency: str) -> Other | None:
    """The installation that answers for this agency, or None when it is answered for here."""
    return next((each for each in others().values() if agency in each.agencies), None)


def agencies_elsewhere() -> frozenset[str]:
    """Agencies that others answer for, as our own directory calls them."""
    return frozenset(agency for each in others().values() for agency in each.agencies)


def _read(row: dict[str, str]) -> Other:
    name, address = row["installation"].strip(), row["address"].strip().rstrip("/")
    parts = urlsplit(address)
    if address and not (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)):
        raise ImproperlyConfigured(f"The address of {name} must begin with https://.")
    agencies = {row["agency"].strip(): int(row["their_number"])} if row["agency"].strip() else {}
    key = Ed25519PublicKey.from_public_bytes(_bytes(row["public_key"], f"the public key of {name}"))
    return Other(name, address, key, agencies)


def _bytes(text: str, what: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != KEY:
        raise ImproperlyConfigured(f"{what} must be {KEY} bytes in base64.")
    return key


def _text(key: Ed25519PublicKey) -> str:
    return base64.b64encode(key.public_bytes_raw()).decode()
