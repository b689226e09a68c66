"""How two people on a contact are related: said, not sure, or said not to be so."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from openmash.apps.concerns.actions import linking
from openmash.web.layout.fields import QuestionForm
from openmash.web.screening.acting import Act, begin, not_possible, respond
from openmash.web.screening.forms.relating import SayRelationshipForm
from openmash.web.screening.presenters.people import told_apart_in_words

NOBODY_ELSE = "Nobody else was told of on this contact, so there is nobody to be related to."


def say_relationship(request: HttpRequest, contact_id: UUID, description_id: UUID) -> HttpResponse:
    """Say what somebody on this contact is to another, may be, or is not."""
    begun = begin(request, contact_id, to="link")
    names = told_apart_in_words(begun.opened.people)
    if description_id not in names:
        raise Http404
    name = names.pop(description_id)
    if not names:
        return not_possible(begun, NOBODY_ELSE, QuestionForm())
    today = timezone.localtime(begun.now).date()
    form = SayRelationshipForm(request.POST or None, today=today, name=name, others=names.items())
    return respond(
        Act(
            begun=begun,
            verb="say_relationship",
            form=form,
            title=f"How is {name} related?",
            button="Keep this",
            do=lambda version: linking.say_relationship(
                contact_id=begun.id,
                one_id=description_id,
                other_id=UUID(form.cleaned_data["other"]),
                told=form.told(),
                by=begun.by,
                now=begun.now,
            ),
            done="What you were told has been kept, with your name and today’s date.",
            template="screening/say_relationship.html",
        )
    )
