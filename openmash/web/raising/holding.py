"""Who holds a draft: an account, or the browser of a member of the public with the draft's code in a cookie.

The cookie is signed, is not readable by scripts, and lasts a week: a closed browser can come back on that
device.
"""

import base64
import json
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from openmash.web.layout.wall import CODES_PROVED

COOKIE = "openmash-drafts"
SALT = "openmash.raising.drafts"
A_WEEK = 7 * 24 * 60 * 60
MOST_HELD = 20


def codes_held(request: HttpRequest) -> dict[str, str]:
    """Draft id to code, for every draft begun in this browser within a week."""
    kept = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=A_WEEK)
    return dict(json.loads(kept)) if kept else {}


def code_held(request: HttpRequest, draft_id: UUID) -> str:
    return codes_held(request).get(str(draft_id), "")


def hold(request: HttpRequest, response: HttpResponse, draft_id: UUID, code: str) -> None:
    """Let this browser come back to a draft."""
    held = list({**codes_held(request), str(draft_id): code}.items())[-MOST_HELD:]
    response.set_signed_cookie(
        COOKIE,
        json.dumps(dict(held)),
        salt=SALT,
        max_age=A_WEEK,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def prove(request: HttpRequest, contact_id: UUID) -> None:
    """Remember, for this session, that a contact is theirs."""
    known = [each for each in request.session.get(CODES_PROVED, []) if each != str(contact_id)]
    request.session[CODES_PROVED] = [*known, str(contact_id)]


def key_for(draft_id: UUID) -> str:
    """The key (256 bits, base64) with which a browser locks the words it could not send yet.

    It is worked out here and only given in the pages of the draft, so that what a shared computer keeps
    cannot be read by whoever uses it next.
    """
    return base64.b64encode(
        salted_hmac("openmash.raising.kept-here", str(draft_id), algorithm="sha256").digest()
    ).decode()


SESSION_NEW_CODES = "new_codes"
"""In the session, for a few minutes after sending: the code itself, for the page that shows it."""

SHOWN_FOR = timedelta(minutes=15)
"""How long the page can show a new code again, so that a second click or a reload does not lose it."""


def show_code(request: HttpRequest, contact_id: UUID, code: str, now: datetime) -> None:
    """Let the next page show a code that is kept nowhere else in the clear."""
    request.session[SESSION_NEW_CODES] = {str(contact_id): [code, now.isoformat()]}


def code_to_show(request: HttpRequest, contact_id: UUID, now: datetime) -> str:
    """The code of a contact sent a moment ago from this browser; empty later, when it is forgotten."""
    code, sent = request.session.get(SESSION_NEW_CODES, {}).get(str(contact_id), ["", ""])
    if code and now - datetime.fromisoformat(sent) > SHOWN_FOR:
        del request.session[SESSION_NEW_CODES]
        return ""
    return str(code)
