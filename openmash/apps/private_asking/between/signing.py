"""Requests signed with Ed25519 (RFC 8032): whose they are, for whom, for which address, when, and the whole body.

A signature holds for `GOOD_FOR` seconds. That a request is not taken twice within that time is for whoever answers:
each question has an id, and each id is answered once.
"""

import base64
import binascii
import hashlib
from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature

from openmash.apps.private_asking.between.installations import Other, Ours, others

GOOD_FOR = 120
FROM, AT, SIGNATURE = "X-OpenMASH-From", "X-OpenMASH-At", "X-OpenMASH-Signature"


class NotSigned(Exception):
    """A request that nobody on the list has signed, not for us, or too long ago. Says which."""


def headers_for(body: bytes, *, path: str, by: Ours, to: str, at: int) -> dict[str, str]:
    """What goes with a request. at: seconds since 1970."""
    signature = by.key.sign(_signed(body, path=path, by=by.name, to=to, at=str(at)))
    return {FROM: by.name, AT: str(at), SIGNATURE: base64.b64encode(signature).decode()}


def whose(headers: Mapping[str, str], body: bytes, *, path: str, to: Ours, at: int) -> Other:
    """The installation that signed this.

    Raises:
        NotSigned: nobody on the list did, for us, just now.
    """
    name, said_at = headers.get(FROM, ""), headers.get(AT, "")
    other = others().get(name)
    if other is None:
        raise NotSigned("This installation is not on our list.")
    try:
        signature = base64.b64decode(headers.get(SIGNATURE, ""), validate=True)
        other.key.verify(signature, _signed(body, path=path, by=name, to=to.name, at=said_at))
    except (InvalidSignature, binascii.Error):
        raise NotSigned("The signature does not fit.") from None
    if not said_at.isdecimal() or abs(int(said_at) - at) > GOOD_FOR:
        raise NotSigned("This was signed too long ago, or a clock is wrong.")
    return other


def _signed(body: bytes, *, path: str, by: str, to: str, at: str) -> bytes:
    digest = hashlib.sha256(body).hexdigest()
    return "\n".join(("openmash private question 1", path, by, to, at, digest)).encode()
