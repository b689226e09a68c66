"""What every page about one draft shares: opening it for what the page is for, and what stands around it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from openmash.apps.policy.draft_states import DraftState
from openmash.apps.policy.queries.drafts import OpenedDraft, open_draft, revision_of
from openmash.engines.thresholds import Policy

LONGEST_NUMBER = 9
TAGS = {
    DraftState.WRITTEN: "govuk-tag--blue",
    DraftState.SENT: "govuk-tag--yellow",
    DraftState.ADOPTED: "govuk-tag--green",
    DraftState.SET_ASIDE: "govuk-tag--grey",
}


def somebody(request: HttpRequest) -> Any:
    """The person asking: nobody reaches these pages without having signed in."""
    return request.user


@dataclass(frozen=True)
class Begun:
    """A draft opened for one request."""

    request: HttpRequest
    opened: OpenedDraft
    now: datetime

    @property
    def by(self) -> Any:
        return somebody(self.request)

    @property
    def pk(self) -> int:
        return int(self.opened.draft.pk)

    @property
    def seen(self) -> int:
        """The revision that was on the page sent; the latest when the page was only asked for."""
        if self.request.method != "POST":
            return self.opened.revision.number
        typed = self.request.POST.get("seen", "")
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_NUMBER else 0

    def as_seen(self) -> tuple[Mapping[str, str], Policy]:
        """The texts that were on the page sent, and what they mean; the latest where that cannot be told."""
        if self.seen != self.opened.revision.number:
            found = revision_of(self.pk, self.seen, by=self.by, now=self.now)
            if found:
                return found[1].sources, found[1]
        return self.opened.policy.sources, self.opened.policy


def begin(request: HttpRequest, pk: int, *, to: str = "see_drafts") -> Begun:
    """Open a draft for a page. `to` is the verb it is for: without a right to that, the page is refused."""
    now = timezone.localtime()
    try:
        return Begun(request, open_draft(pk, by=somebody(request), now=now, to=to), now)
    except ObjectDoesNotExist as nowhere:
        raise Http404 from nowhere


def shown(begun: Begun, template: str, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page about a draft, with its name, where it stands, and the revision that is on the page."""
    opened = begun.opened
    frame = {
        "draft": opened.draft,
        "state": opened.state,
        "tag": TAGS[opened.state],
        "may": opened.may,
        "can_change": "revise_draft" in opened.may,
        "seen": opened.revision.number,
    }
    return render(begun.request, f"drafting/{template}.html", {**frame, **context}, status=status)


def not_possible(begun: Begun, reason: str, typed: list[tuple[str, str]] | None = None) -> HttpResponse:
    """The draft does not stand where this can be done. What was typed, if anything, is shown to be copied."""
    return shown(begun, "not_possible", {"reason": reason, "typed": typed or []}, status=409)
