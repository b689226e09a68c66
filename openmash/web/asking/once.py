"""One question for one page sent, however often the button is pressed."""

import hashlib
import hmac
import secrets
from uuid import UUID

from django.http import HttpRequest

FIELD = "once"


def fresh() -> str:
    """A number for a page about to be shown."""
    return secrets.token_hex(16)


def question_id(request: HttpRequest) -> UUID:
    """The same for the same answers on the same page, and another for anything else.

    The page's own number is the key and is kept nowhere, so that the id says nothing of the child whom it stands for.
    """
    typed = request.POST.get(FIELD, "")
    once = typed if len(typed) == len(fresh()) else fresh()
    said = sorted(
        (name, request.POST.getlist(name)) for name in request.POST if name != "csrfmiddlewaretoken"
    )
    content = repr((request.path, said))
    return UUID(bytes=hmac.digest(once.encode(), content.encode(), hashlib.sha256)[:16])
