"""Every move that a form can make: one page for them all, drawn from the table."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from openmash.apps.casework.actions import leading, loss, stages, transfer
from openmash.apps.casework.asking import GATE_OF, at_gate
from openmash.apps.casework.queries.opened import agencies_that_took_part
from openmash.apps.casework.rules import Written
from openmash.apps.casework.stages import SERIOUS_LAST, Stage
from openmash.apps.casework.standing import told_as
from openmash.apps.directory.queries import localities, people_with
from openmash.apps.directory.queries import person as person_by_id
from openmash.web.casework.acting import Act, Begun, begin, not_possible, respond
from openmash.web.casework.forms.moving import MoveForm
from openmash.web.casework.forms.others import (
    AllocateForm,
    PlanForm,
)
from openmash.web.casework.forms.pieces import views_in
from openmash.web.casework.presenters import before_birth, done_words, label_of, person_words
from openmash.web.casework.threshold import said_at
from openmash.web.casework.views.case import frame_of

TRANSFERS = {
    "accept_transfer": transfer.accept_transfer,
    "return_transfer": transfer.return_transfer,
    "withdraw_transfer": transfer.withdraw_transfer,
}
PUT_BACK = "record_pregnancy_goes_on"
FORMED = (*stages.PLAIN, "review_plan", "transfer", *TRANSFERS, "hand_over", "close", PUT_BACK)


def move(request: HttpRequest, case_id: UUID, verb: str) -> HttpResponse:
    """Step up or down, finish, review, transfer, close, reopen: whatever needs only what is written."""
    if verb not in FORMED:
        raise Http404
    begun = begin(request, case_id)
    back = ("casework:case", begun.id)
    moves = begun.opened.can.get(verb, ())
    took_part = agencies_that_took_part(begun.opened.case)
    gate = GATE_OF.get(verb, "")
    standing = at_gate(begun.opened.case, gate, begun.now) if gate else None
    form = MoveForm(
        request.POST or None,
        lower=standing is not None and standing.guards_lower,
        moves=moves,
        stages=begun.opened.stages,
        tell=[(told_as(person), person_words(person)) for person in took_part],
        places=[
            (str(each.pk), each.name) for each in localities() if each.pk != begun.opened.case.locality_id
        ],
        initial={**before_birth(begun.opened.case), **_put_back(begun, verb)},
    )
    if not moves:
        return not_possible(request, "You cannot do this for this child now.", back, form)
    return respond(
        Act(
            request=request,
            form=form,
            title=label_of(verb),
            button="Record this",
            do=lambda: _do(begun, verb, form, took_part),
            done=done_words(verb),
            back=back,
            context={
                **frame_of(begun),
                "moves": moves,
                "stage_names": _names(begun),
                "said": said_at(standing),
                "ask_href": reverse("casework:ask_threshold", args=[begun.id, gate]) if standing else "",
            },
            field_of=form.field_of,
            ready=form.is_chosen,
            version=begun.opened.case.version,
        )
    )


def _put_back(begun: Begun, verb: str) -> dict[str, str]:
    """What was most serious of what was open, where it was a mistake that it ended: it can be changed on the page."""
    before = loss.open_before(begun.opened.case) if verb == PUT_BACK else []
    serious = sorted((Stage(each) for each in before if each in SERIOUS_LAST), key=SERIOUS_LAST.index)
    return {"goes_on_": serious[-1].value} if serious else {}


def _names(begun: Begun) -> list[str]:
    return [each.named.name for each in begun.opened.open_stages]


def _do(begun: Begun, verb: str, form: MoveForm, took_part: list[Any]) -> None:
    common = {
        "case_id": begun.id,
        "seen_version": begun.seen_version,
        "written": form.written(),
        "by": begun.by,
        "now": begun.now,
    }
    if verb in stages.PLAIN:
        stages.move_case(verb=verb, outcome=form.outcome, **common)
    elif verb == "review_plan":
        stages.review_plan(outcome=form.outcome, **common)
    elif verb == "transfer":
        chosen = form.cleaned_data["place"]
        to = next((each for each in localities() if str(each.pk) == chosen), None)
        transfer.transfer(to=to, outside=form.cleaned_data["outside"], **common)
    elif verb == PUT_BACK:
        loss.record_pregnancy_goes_on(**common)
    elif verb == "close":
        stages.close(tell=took_part, **common)
    elif verb == "hand_over":
        given = form.cleaned_data
        transfer.hand_over(said_by=given["said_by"], decided=given["decided"], tell=took_part, **common)
    else:
        TRANSFERS[verb](**common)


def allocate(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Name who leads the work."""
    begun = begin(request, case_id)
    today = timezone.localtime(begun.now).date()
    workers = people_with("social_worker", begun.opened.case.locality_id, today)
    form = AllocateForm(
        request.POST or None, workers=[(str(each.pk), person_words(each)) for each in workers]
    )

    def do() -> None:
        chosen = form.cleaned_data["worker"]
        leading.allocate(
            case_id=begun.id,
            seen_version=begun.seen_version,
            worker=person_by_id(int(chosen)) if chosen else None,
            note=form.cleaned_data["note"],
            by=begun.by,
            now=begun.now,
        )

    return own_page(begun, "allocate", form, do)


def write_plan(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write the plan, or its next version."""
    begun = begin(request, case_id)
    plan = begun.opened.plan
    initial = {"goals": plan.goals, "outline": plan.outline} if plan is not None else {}
    initial |= before_birth(begun.opened.case)
    form = PlanForm(request.POST or None, initial=initial)

    def do() -> None:
        leading.write_plan(
            case_id=begun.id,
            seen_version=begun.seen_version,
            goals=form.cleaned_data["goals"],
            outline=form.cleaned_data["outline"],
            actions=form.actions(),
            written=Written(review_on=form.cleaned_data["review_on"], views=views_in(form.cleaned_data)),
            by=begun.by,
            now=begun.now,
        )

    return own_page(begun, "write_plan", form, do)


def own_page(
    begun: Begun,
    verb: str,
    form: Any,
    do: Any,
    ready: Any = None,
    about: str = "",
    template: str = "casework/act.html",
) -> HttpResponse:
    """A page of its own for one verb, if this person may do it now."""
    back = ("casework:case", begun.id)
    if verb not in begun.opened.can:
        return not_possible(begun.request, "You cannot do this for this child now.", back, form)
    return respond(
        Act(
            request=begun.request,
            form=form,
            title=label_of(verb),
            button="Record this" if verb != "write_plan" else "Keep this plan",
            do=do,
            done=done_words(verb),
            back=back,
            context={**frame_of(begun), "about": about, "stage_names": _names(begun)},
            ready=ready or (lambda: True),
            template=template,
            version=begun.opened.case.version,
        )
    )
