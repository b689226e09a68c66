"""References people can read over a telephone, and the codes the public hold. No 0/O, 1/I/L or U."""

import secrets

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
REFERENCE_LETTERS = 9
PREFIXES = {"concern": "C", "advice": "A", "work": "W", "request": "R"}


def _letters(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def new_reference(kind: str) -> str:
    """A reference such as C-4K7P-29XM (concern), A-… (advice), W-… (work with a child), R-… (request)."""
    return f"{PREFIXES[kind]}-{_letters(4)}-{_letters(4)}"


def as_reference(typed: str) -> str:
    """A reference as it was given out, however somebody typed it: `c4k7p29xm`, `C 4K7P 29XM`."""
    plain = "".join(c for c in typed.upper() if c.isalnum())
    return f"{plain[0]}-{plain[1:5]}-{plain[5:]}" if len(plain) == REFERENCE_LETTERS else plain


def new_code() -> str:
    """A code of 12 letters and digits, shown once to a member of the public (58 bits)."""
    return f"{_letters(4)}-{_letters(4)}-{_letters(4)}"


def hash_of(code: str, secret: str | None = None) -> str:
    """The only form in which a code is kept. Case, spaces and dashes do not matter."""
    plain = "".join(c for c in code.upper() if c.isalnum())
    return salted_hmac("openmash.contact-code", plain, secret=secret, algorithm="sha256").hexdigest()


def is_code(code: str, kept: str) -> bool:
    """Whether this is the code behind a kept hash, made with the present secret or one before it."""
    secrets_tried: list[str] = [str(each) for each in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]]
    return bool(kept) and any(constant_time_compare(hash_of(code, each), kept) for each in secrets_tried)
