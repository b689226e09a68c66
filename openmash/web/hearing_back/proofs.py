"""What somebody without an account has shown to be theirs, for as long as their session lasts."""

from uuid import UUID

from django.http import HttpRequest

from openmash.web.layout.wall import CODES_PROVED

NEW_CODES = "new_codes"
"""In the session, for a few minutes after sending: the code itself, for the page that shows it once."""


def remember(request: HttpRequest, contact_id: UUID) -> None:
    """This browser has given the right code. The session gets a new key, as at every gain of rights."""
    known = [each for each in request.session.get(CODES_PROVED, []) if each != str(contact_id)]
    request.session[CODES_PROVED] = [*known, str(contact_id)]
    request.session.cycle_key()


def forget(request: HttpRequest) -> None:
    """Nothing can be opened from this browser any more without giving the code again."""
    for key in (CODES_PROVED, NEW_CODES):
        request.session.pop(key, None)
