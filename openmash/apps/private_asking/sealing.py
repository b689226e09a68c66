"""How the holders' keys are kept: encrypted under the secret of the installation, as other secrets are.

A copy of the database alone therefore says nothing of anybody's list. Whoever runs the server has both.
"""

import base64
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from openmash.apps.private_asking.errors import CannotBeAsked
from openmash.engines.matching.private.oblivious import derive_key

SEED = 32


def _cipher() -> MultiFernet:
    """Keys from the current secret and from earlier ones, so that the secret can be changed."""
    ciphers = []
    for secret in map(str, [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]):
        derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"openmash private answers")
        ciphers.append(Fernet(base64.urlsafe_b64encode(derive.derive(secret.encode()))))
    return MultiFernet(ciphers)


def new_sealed_seed() -> bytes:
    """A new secret of a holder, fit to be stored."""
    return _cipher().encrypt(secrets.token_bytes(SEED))


def sealed_anew(sealed: bytes) -> bytes:
    """The same seed under the current secret.

    Raises:
        CannotBeAsked: it was sealed under a secret that this installation no longer has.
    """
    return _cipher().encrypt(opened(sealed))


def opened(sealed: bytes) -> bytes:
    """The seed.

    Raises:
        CannotBeAsked: it was sealed under a secret that this installation no longer has.
    """
    try:
        return _cipher().decrypt(bytes(sealed))
    except InvalidToken:
        raise CannotBeAsked(
            "The answers of this agency can no longer be opened, because the secret of this service has "
            "changed. Somebody must prepare them again."
        ) from None


def evaluation_key(sealed: bytes, agency_id: int) -> bytes:
    """The key that evaluates points for this agency."""
    return derive_key(opened(sealed), f"openmash private answers of agency {agency_id}".encode())


def lot_key(sealed: bytes) -> bytes:
    """The secret that draws lots for this agency's answers."""
    derive = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"openmash private answers: lots")
    return derive.derive(opened(sealed))
