"""Asking the holder and the keeper of another installation, over HTTPS. Only what is here leaves this service."""

import time
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from openmash.apps.private_asking.between.installations import Other, Ours
from openmash.apps.private_asking.between.signing import headers_for
from openmash.apps.private_asking.errors import CannotBeAsked

HOLDER, KEEPER = "/asking/between/holder/", "/asking/between/keeper/"
SECONDS = 10
LONGEST = 4_096


def call(other: Other, path: str, body: bytes, *, by: Ours) -> bytes:
    """What the other installation answers. It is never asked again by itself, nor led on to another address.

    Raises:
        CannotBeAsked: it cannot be reached, or refuses; with its own reason.
    """
    parts = urlsplit(other.address)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=SECONDS)
    headers = {
        "Content-Type": "application/octet-stream",
        **headers_for(body, path=path, by=by, to=other.name, at=int(time.time())),
    }
    try:
        connection.request("POST", path, body=body, headers=headers)
        response = connection.getresponse()
        answer = response.read(LONGEST)
    except (OSError, HTTPException):
        raise CannotBeAsked(
            "The service that answers for this agency cannot be reached just now. Ring the agency."
        ) from None
    finally:
        connection.close()
    if response.status == 200:
        return answer
    is_text = response.getheader("Content-Type", "").startswith("text/plain")
    why = answer.decode("utf-8", "replace")[:300] if is_text else "It gave no reason."
    raise CannotBeAsked(f"The service that answers for this agency refused. {why}")
