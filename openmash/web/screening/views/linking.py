"""Who is who: a person says whether two descriptions are of one person, or two contacts of one household."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from openmash.apps.concerns.actions import linking
from openmash.apps.concerns.errors import Incomplete
from openmash.apps.concerns.queries.already_known import Possible, already_known
from openmash.apps.concerns.rules import Reason
from openmash.apps.families.queries import evidence_kept
from openmash.web.layout.fields import QuestionForm
from openmash.web.screening.acting import Act, Begun, begin, not_possible, respond
from openmash.web.screening.forms.linking import (
    RELATED,
    HouseholdForm,
    IdentifierWrongForm,
    SamePersonForm,
    SayMoreForm,
    TakeBackForm,
    UndoLinkForm,
)
from openmash.web.screening.presenters.already_known import already_shown, where
from openmash.web.screening.presenters.matches import digest_of, match_shown
from openmash.web.screening.presenters.people import name_of, numbers_of, side_by_side

SETTLED = (
    "Somebody has already said whether these are the same. Undo a link that is wrong before you make another."
)
CHANGED = (
    "What is known of them has changed since you opened this page. Look at the evidence again, then answer."
)
"""How evidence that is no longer what was on the page is met: with the new evidence, and the answer kept."""


def say_same_person(
    request: HttpRequest, contact_id: UUID, description_id: UUID, earlier_id: UUID
) -> HttpResponse:
    """Say whether the person of an earlier contact is the same, a brother, sister or twin, or somebody else."""
    begun = begin(request, contact_id, to="link")
    known = already_known(begun.opened.contact, by=begun.by, now=begun.now)
    pair = _pair(known.possible, description_id, earlier_id)
    is_adult = pair is not None and pair.description.kind == "adult"
    form = SamePersonForm(request.POST or None, is_adult=is_adult)
    if pair is None:
        return not_possible(begun, SETTLED, form)
    who = "person" if is_adult else "child"
    return respond(
        Act(
            begun=begun,
            verb="say_same_person",
            form=form,
            title=f"Is this the same {who}?",
            button="Keep my answer",
            do=_saying(begun, pair, form),
            done="Your answer has been kept, with your reason and the evidence shown here.",
            template="screening/say_same_person.html",
            context=_compared(begun, pair, who),
        )
    )


def _pair(possible: tuple[Possible, ...], description_id: UUID, earlier_id: UUID) -> Possible | None:
    return next(
        (
            each
            for each in possible
            if each.description.pk == description_id and earlier_id in {one.pk for one in each.earlier}
        ),
        None,
    )


def _saying(begun: Begun, pair: Possible, form: QuestionForm) -> Callable[[int], Any]:
    def do(version: int) -> Any:
        if begun.request.POST.get("seen_evidence") != digest_of(pair.match):
            raise Incomplete([Reason("same", CHANGED)])
        said = form.cleaned_data["same"]
        what: dict[str, Any] = {
            "contact_id": begun.id,
            "description_id": pair.description.pk,
            "earlier_id": pair.earlier[0].pk,
            "reason": form.cleaned_data["reason"],
            "shown": evidence_kept(pair.match),
            "by": begun.by,
            "now": begun.now,
        }
        if said == "yes":
            return linking.say_same_person(**what)
        return linking.say_not_same_person(**what, related_as=said if said in RELATED else "")

    return do


def _compared(begun: Begun, pair: Possible, who: str) -> dict[str, Any]:
    today = timezone.localtime(begun.now).date()
    return {
        "who": who,
        "match": match_shown(pair.match, is_adult=who == "person"),
        "where": [(str(contact.pk), where(contact)) for contact in pair.contacts],
        "earlier_name": name_of(pair.earlier[0]),
        "described": len(pair.earlier),
        "compared": side_by_side(pair.description, pair.earlier[0], today),
        "numbers": numbers_of(pair.description),
    }


def say_household(request: HttpRequest, contact_id: UUID, earlier_contact_id: UUID) -> HttpResponse:
    """Say whether another contact at the same address is about the same household."""
    begun = begin(request, contact_id, to="link")
    known = already_known(begun.opened.contact, by=begun.by, now=begun.now)
    other = next((each for each in known.same_address if each.pk == earlier_contact_id), None)
    form = HouseholdForm(request.POST or None)
    if other is None:
        return not_possible(begun, SETTLED, form)
    return respond(
        Act(
            begun=begun,
            verb="say_household",
            form=form,
            title="Is this the same household?",
            button="Keep my answer",
            do=lambda version: linking.say_household(
                contact_id=begun.id,
                earlier_contact_id=earlier_contact_id,
                same=form.cleaned_data["same"] == "yes",
                reason=form.cleaned_data["reason"],
                by=begun.by,
                now=begun.now,
            ),
            done="Your answer has been kept, with your reason.",
            template="screening/say_household.html",
            context={"other_id": str(other.pk), "other": where(other)},
        )
    )


def undo_link(request: HttpRequest, contact_id: UUID, link_id: int) -> HttpResponse:
    """Say that a link was wrong."""
    begun = begin(request, contact_id, to="link")
    known = already_shown(already_known(begun.opened.contact, by=begun.by, now=begun.now))
    link = next((each for each in known.links if each.id == link_id), None)
    if link is None:
        raise Http404
    form = UndoLinkForm(request.POST or None)
    return respond(
        Act(
            begun=begun,
            verb="undo_link",
            form=form,
            title="Undo a link",
            button="Undo this link",
            do=lambda version: linking.undo_link(
                contact_id=begun.id,
                link_id=link_id,
                reason=form.cleaned_data["reason"],
                by=begun.by,
                now=begun.now,
            ),
            done="The link has been undone. Both stay on record.",
            template="screening/undo_link.html",
            context={"link": link},
        )
    )


def take_back_not_same(request: HttpRequest, contact_id: UUID, not_same_id: int) -> HttpResponse:
    """Say that two people who were told apart may be one after all."""
    begun = begin(request, contact_id, to="link")
    known = already_shown(already_known(begun.opened.contact, by=begun.by, now=begun.now))
    said = next((each for each in known.told_apart if each.id == not_same_id), None)
    if said is None:
        raise Http404
    form = TakeBackForm(request.POST or None)
    return respond(
        Act(
            begun=begun,
            verb="take_back_not_same",
            form=form,
            title="Take back that these are two different people",
            button="Take it back",
            do=lambda version: linking.take_back_not_same(
                contact_id=begun.id,
                not_same_id=not_same_id,
                reason=form.cleaned_data["reason"],
                by=begun.by,
                now=begun.now,
            ),
            done="It has been taken back. Both words stay on record.",
            template="screening/take_back_not_same.html",
            context={"said": said},
        )
    )


def say_more(request: HttpRequest, contact_id: UUID, description_id: UUID) -> HttpResponse:
    """Add what was learned of somebody on this contact."""
    begun = begin(request, contact_id, to="link")
    part = next((each for each in begun.opened.people if each.description_id == description_id), None)
    if part is None:
        raise Http404
    form = SayMoreForm(request.POST or None, today=timezone.localtime(begun.now).date())
    return respond(
        Act(
            begun=begun,
            verb="say_more",
            form=form,
            title=f"Add what you learned about {name_of(part.description)}",
            button="Add this",
            do=lambda version: linking.say_more(
                contact_id=begun.id,
                description_id=description_id,
                more=form.told(),
                by=begun.by,
                now=begun.now,
            ),
            done="What you learned has been added, and looked up again.",
            template="screening/say_more.html",
        )
    )


def say_identifier_wrong(request: HttpRequest, contact_id: UUID, identifier_id: int) -> HttpResponse:
    """Say that a number given for somebody on this contact is not theirs."""
    begun = begin(request, contact_id, to="link")
    numbers = [number for part in begun.opened.people for number in numbers_of(part.description)]
    number = next((each for each in numbers if each.id == identifier_id and not each.is_wrong), None)
    if number is None:
        raise Http404
    form = IdentifierWrongForm(request.POST or None)
    return respond(
        Act(
            begun=begun,
            verb="say_identifier_wrong",
            form=form,
            title=f"Is this {number.kind} wrong?",
            button="Mark it as wrong",
            do=lambda version: linking.say_identifier_wrong(
                contact_id=begun.id,
                identifier_id=identifier_id,
                reason=form.cleaned_data["reason"],
                by=begun.by,
                now=begun.now,
            ),
            done="The number has been marked as wrong. It stays on record.",
            template="screening/say_identifier_wrong.html",
            context={"number": number},
        )
    )
