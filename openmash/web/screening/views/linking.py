"""Who is who: a person says whether two descriptions are of one child, or two contacts of one household."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from openmash.apps.concerns.actions import linking
from openmash.apps.concerns.queries.opened import known_of
from openmash.web.screening.acting import Act, begin, not_possible, respond
from openmash.web.screening.forms.linking import HouseholdForm, SameChildForm, UndoLinkForm
from openmash.web.screening.presenters.chronology import known_shown, where
from openmash.web.screening.presenters.people import side_by_side

SETTLED = (
    "Somebody has already said whether these are the same. Undo a link that is wrong before you make another."
)


def say_same_child(
    request: HttpRequest, contact_id: UUID, description_id: UUID, earlier_id: UUID
) -> HttpResponse:
    """Say whether the child of an earlier contact is the same child."""
    begun = begin(request, contact_id, to="link")
    known = known_of(begun.opened.contact, by=begun.by, now=begun.now)
    pairs = {(each.description.pk, each.earlier.pk): each for each in known.possible}
    pair = pairs.get((description_id, earlier_id))
    form = SameChildForm(request.POST or None)
    if pair is None:
        return not_possible(begun, SETTLED, form)

    def do(version: int) -> Any:
        say = linking.say_same_child if form.cleaned_data["same"] == "yes" else linking.say_not_same_child
        return say(
            contact_id=begun.id,
            description_id=description_id,
            earlier_id=earlier_id,
            reason=form.cleaned_data["reason"],
            by=begun.by,
            now=begun.now,
        )

    today = timezone.localtime(begun.now).date()
    context = {
        "where": where(pair.contact, pair.may_see),
        "because": ", ".join(pair.because),
        "earlier_contact": pair.contact.pk if pair.may_see else None,
        "locality": pair.contact.locality.name,
        "compared": side_by_side(pair.description, pair.earlier, today) if pair.may_see else [],
    }
    return respond(
        Act(
            begun=begun,
            verb="say_same_child",
            form=form,
            title="Is this the same child?",
            button="Keep my answer",
            do=do,
            done="Your answer has been kept, with your reason.",
            template="screening/say_same_child.html",
            context=context,
        )
    )


def say_household(request: HttpRequest, contact_id: UUID, earlier_contact_id: UUID) -> HttpResponse:
    """Say whether another contact at the same address is about the same household."""
    begun = begin(request, contact_id, to="link")
    known = known_shown(known_of(begun.opened.contact, by=begun.by, now=begun.now))
    other = next((each for each in known.others if each.contact_id == str(earlier_contact_id)), None)
    form = HouseholdForm(request.POST or None)
    if other is None or not other.same_address:
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
            context={"other": other},
        )
    )


def undo_link(request: HttpRequest, contact_id: UUID, link_id: int) -> HttpResponse:
    """Say that a link was wrong."""
    begun = begin(request, contact_id, to="link")
    known = known_shown(known_of(begun.opened.contact, by=begun.by, now=begun.now))
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
