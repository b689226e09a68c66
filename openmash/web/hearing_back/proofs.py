"""What somebody without an account has shown to be theirs, for as long as their session lasts."""

from uuid import UUID

from django.http import HttpRequest

KEY = "contact_codes"
"""In the session: ids of the contacts whose code was given here, or that were raised in this browser."""

NEW_CODES = "new_codes"
"""In the session, for a few minutes after sending: the code itself, for the page that shows it once."""


def proven(request: HttpRequest) -> frozenset[str]:
    """Ids of the contacts this browser may open. Somebody who is signed in opens things as themselves."""
    return frozenset() if request.user.is_authenticated else frozenset(request.session.get(KEY, []))


def remember(request: HttpRequest, contact_id: UUID) -> None:
    """This browser has given the right code. The session gets a new key, as at every gain of rights."""
    known = [each for each in request.session.get(KEY, []) if each != str(contact_id)]
    request.session[KEY] = [*known, str(contact_id)]
    request.session.cycle_key()


def forget(request: HttpRequest) -> None:
    """Nothing can be opened from this browser any more without giving the code again."""
    for key in (KEY, NEW_CODES):
        request.session.pop(key, None)
