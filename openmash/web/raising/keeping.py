"""Keeps what is typed before anybody checks it, and gives the pages of a draft what they share."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from openmash.apps.concerns.actions.drafts import keep_page
from openmash.web.layout.times import short_moment
from openmash.web.raising.holding import code_held, key_for
from openmash.web.raising.journey import ABOUT_SIGNS, CHECK, LIST, NAMESPACES, SIGNS, Journey
from openmash.web.raising.ringing import ring_first
from openmash.web.raising.typed import Values, fingerprint, typed_in

RING_IN_FULL = frozenset({ABOUT_SIGNS, LIST, CHECK})
"""Where the numbers stand large. On the other pages one line keeps them in sight and leaves room to write."""

REPLACED = (
    "A character that cannot be kept was among what you typed. "
    "It is shown as ␀ so that you can see where it was."
)


def keep_posted(request: HttpRequest, journey: Journey, page: str) -> tuple[Journey, bool]:
    """Keep a posted page as typed; the journey with it, and whether a character had to be replaced."""
    values, replaced = typed_in(request.POST)
    return keep(request, journey, page, values), replaced


def keep(request: HttpRequest, journey: Journey, page: str, values: Values) -> Journey:
    """Keep these values as a page of the draft."""
    if page == ABOUT_SIGNS:
        values = {**_of_signs_not_on_the_page(journey), **values}
    draft = keep_page(
        draft_id=journey.draft.pk,
        page=page,
        values=values,
        by=request.user if request.user.is_authenticated else None,
        code=code_held(request, journey.draft.pk),
        now=journey.now,
    )
    return replace(journey, draft=draft)


def _of_signs_not_on_the_page(journey: Journey) -> Values:
    """What was written about a sign that was taken away again: it is there when the sign comes back."""
    shown = {sign.id for sign in journey.signs}
    kept = journey.values(ABOUT_SIGNS)
    return {name: typed for name, typed in kept.items() if name.partition("-")[0] not in shown}


def say_replaced(request: HttpRequest) -> None:
    messages.warning(request, REPLACED)


def frame_of(journey: Journey, page: str = "") -> dict[str, Any]:
    """What every page of a draft shows and what its script needs."""
    return {
        "journey": journey,
        "page_name": page,
        "ring": ring_first(journey),
        "ring_in_full": page in RING_IN_FULL,
        **addresses(journey),
        "saved": short_moment(journey.draft.saved_at, journey.now),
        "draft_script": script_facts(journey, page),
    }


def addresses(journey: Journey) -> dict[str, str]:
    """Where the links and forms of every page lead."""
    named = {name: journey.url(name) for name in ("check", "delete", "send", "make_concern")}
    own = {f"{name}_url": address for name, address in named.items()}
    return {
        **own,
        "which_child_url": journey.url("which_child_of_draft"),
        "tasks_url": journey.url("task_list"),
        "signs_url": journey.page_url(SIGNS),
        "start_url": reverse(f"{NAMESPACES[journey.kind]}:start"),
    }


def script_facts(journey: Journey, page: str) -> dict[str, str]:
    """For `drafts.js`: where to save, and the key that locks words while they cannot be."""
    return {
        "draft": str(journey.draft.pk),
        "page": page,
        "basedOn": fingerprint(journey.values(page)),
        "keep": journey.url("keep", "-"),
        "key": key_for(journey.draft.pk),
        "csrfCookie": settings.CSRF_COOKIE_NAME,
        "signIn": reverse("account_login"),
    }
