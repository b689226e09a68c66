"""Which version a page is about: the one in force, one that was adopted, or a draft."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from openmash.apps.policy.errors import NoPolicyInForce
from openmash.apps.policy.permission import may
from openmash.apps.policy.queries import adopted, in_force
from openmash.apps.policy.queries.drafts import open_draft
from openmash.engines.thresholds import Policy, PolicyErrors
from openmash.engines.thresholds.replay import NoSuchKnob, knobs, varied

OF_A_DRAFT = (
    ("trying:case", "Try a case"),
    ("trying:compare", "Compare"),
    ("trying:replay", "Replay past decisions"),
    ("trying:sweep", "Move one number"),
    ("trying:all_numbers", "All numbers"),
)


@dataclass(frozen=True)
class Tried:
    """A version, and what pages call it. `draft` is its key when it is a draft, None otherwise."""

    policy: Policy
    name: str
    draft: int | None = None

    @property
    def in_a_sentence(self) -> str:
        """The name where it does not begin a sentence."""
        return self.name[:1].lower() + self.name[1:]


def somebody(request: HttpRequest) -> Any:
    """The person asking: nobody reaches these pages without having signed in."""
    return request.user


def version_in_force(now: datetime) -> Tried:
    """The version that applies now.

    Raises:
        NoPolicyInForce: none has been adopted yet.
    """
    policy = in_force(now).policy
    return Tried(policy, f"Version {policy.version}, in force")


def version_adopted(pk: int) -> Tried:
    """A version that was ever adopted.

    Raises:
        ObjectDoesNotExist: there is no such version.
    """
    policy = adopted(pk).policy
    return Tried(policy, f"Version {policy.version}")


def draft_tried(request: HttpRequest, draft: int, now: datetime) -> Tried:
    """A draft as last revised.

    Raises:
        Refused: this person does not lead on the threshold.
        ObjectDoesNotExist: there is no such draft.
    """
    opened = open_draft(draft, by=somebody(request), now=now)
    return Tried(opened.policy, f"Draft {opened.draft.version}", draft)


def moved(request: HttpRequest, tried: Tried) -> Tried:
    """The version with the number in the address moved (`?number=C3.0.least&at=4`); as it is, without one.

    Raises:
        ObjectDoesNotExist: there is no such number, or it cannot stand there.
    """
    name, at = request.GET.get("number", ""), request.GET.get("at", "")
    if not name:
        return tried
    knob = next((each for each in knobs(tried.policy) if each.name == name), None)
    if knob is None:
        raise ObjectDoesNotExist
    value = int(at) if isinstance(knob.now, int) and at.isascii() and at.isdecimal() and len(at) < 5 else at
    try:
        policy = varied(tried.policy, knob, value)
    except (NoSuchKnob, PolicyErrors):
        raise ObjectDoesNotExist from None
    words = policy.evidence_grade(value).label.lower() if isinstance(value, str) else str(value)
    return replace(tried, policy=policy, name=f"{tried.name}, with rule {knob.rule} moved to {words}")


def of_a_version(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page that says so when there is no such version or draft, or when none is in force."""

    @wraps(view)
    def found(request: HttpRequest, **which: Any) -> HttpResponse:
        try:
            return view(request, **which)
        except NoPolicyInForce:
            return render(request, "trying/nothing_in_force.html", status=404)
        except ObjectDoesNotExist:
            raise Http404 from None

    return found


def shown(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    draft: int | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page with the ways to its neighbours: of a draft, what else can be tried with it."""
    leads = may("see_drafts", somebody(request), timezone.now())
    here = request.resolver_match.view_name if request.resolver_match else ""
    frame = {"draft": draft, "leads": leads, "ways": list(_ways(draft, here, leads))}
    return render(request, f"trying/{template}.html", {**frame, **context}, status=status)


def _ways(draft: int | None, here: str, leads: bool) -> Iterator[tuple[str, str, bool]]:
    """The address and the words of each neighbour, and whether it is this page."""
    yield reverse("trying:start"), "What can be tried", here == "trying:start"
    if draft is not None:
        for name, words in OF_A_DRAFT:
            yield reverse(name, args=[draft]), words, here == name
        return
    yield reverse("trying:case"), "Try a case", here == "trying:case"
    if leads:
        yield reverse("trying:compare_versions"), "Compare versions", here == "trying:compare_versions"
