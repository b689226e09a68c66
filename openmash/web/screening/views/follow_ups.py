"""What a decision brought with it."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from openmash.apps.concerns.actions import follow_ups
from openmash.apps.concerns.queries import sent_twice
from openmash.web.screening.acting import Act, begin, not_possible, respond
from openmash.web.screening.forms.evidence import FollowUpForm
from openmash.web.screening.presenters.follow_ups import follow_ups_shown


def finish_follow_up(request: HttpRequest, contact_id: UUID, follow_up_id: int) -> HttpResponse:
    """Say what came of a follow-up."""
    begun = begin(request, contact_id, to="finish_follow_up")
    shown = {each.id: each for each in follow_ups_shown(begun.opened, begun.now)}
    if follow_up_id not in shown:
        raise Http404
    if request.method == "GET" and shown[follow_up_id].done_by:
        return not_possible(begun, "This has already been recorded as done.")
    form = FollowUpForm(request.POST or None)
    return respond(
        Act(
            begun=begun,
            verb="finish_follow_up",
            form=form,
            title="Record a follow-up as done",
            button="Record as done",
            do=lambda version: follow_ups.finish_follow_up(
                contact_id=begun.id,
                follow_up_id=follow_up_id,
                note=form.cleaned_data["note"],
                by=begun.by,
                now=begun.now,
            ),
            sent_before=lambda: sent_twice.finished(begun.id, follow_up_id=follow_up_id, by=begun.by),
            done="Recorded as done.",
            template="screening/finish_follow_up.html",
            context={"follow_up": shown[follow_up_id]},
        )
    )
