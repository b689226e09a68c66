"""What is written down as it happens: the child seen, the birth, what another agency sends, what was done."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from openmash.apps.casework.actions import awaiting, birth, leading
from openmash.apps.casework.actions.loss import record_pregnancy_ended as keep_loss
from openmash.apps.casework.queries.opened import agencies_that_took_part
from openmash.web.casework.acting import begin
from openmash.web.casework.forms.loss import LossForm
from openmash.web.casework.forms.others import (
    BirthForm,
    ChildSeenForm,
    EndWaitingForm,
    ExpectedDateForm,
    FinishActionForm,
    WaitForm,
)
from openmash.web.casework.forms.pieces import moment_in
from openmash.web.casework.presenters import person_words
from openmash.web.casework.views.moves import own_page


def record_child_seen(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record that the child was seen."""
    begun = begin(request, case_id)
    form = ChildSeenForm(request.POST or None)

    def do() -> None:
        when = moment_in(form, "seen", has_been=True)
        leading.record_child_seen(
            case_id=begun.id,
            seen_version=begun.seen_version,
            seen_at=when or begun.now,
            alone=form.cleaned_data["alone"] or "not_known",
            what=form.cleaned_data["what"],
            by=begun.by,
            now=begun.now,
        )

    def ready() -> bool:
        if moment_in(form, "seen", has_been=True) is None and not form.errors:
            form.add_error("seen_on", "Give the day on which the child was seen.")
        return not form.errors

    return own_page(begun, "record_child_seen", form, do, ready)


def record_expected_date(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record when an unborn child is expected."""
    begun = begin(request, case_id)
    form = ExpectedDateForm(request.POST or None)

    def do() -> None:
        birth.record_expected_date(
            case_id=begun.id,
            seen_version=begun.seen_version,
            expected_on=form.cleaned_data["expected_on"],
            how_known=form.cleaned_data["reason"],
            by=begun.by,
            now=begun.now,
        )

    return own_page(begun, "record_expected_date", form, do)


def record_birth(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record that the child was born, with what is learned of it."""
    begun = begin(request, case_id)
    form = BirthForm(request.POST or None)

    def do() -> None:
        given = form.cleaned_data
        birth.record_birth(
            case_id=begun.id,
            seen_version=begun.seen_version,
            born=birth.Born(
                moment_in(form, "born", has_been=True), given["name"], given["nhs_number"], given["where"]
            ),
            by=begun.by,
            now=begun.now,
        )

    def ready() -> bool:
        moment_in(form, "born", has_been=True)  # says beside the field what is wrong with a time
        return not form.errors

    return own_page(begun, "record_birth", form, do, ready)


def record_pregnancy_ended(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Record that a pregnancy has ended without a birth."""
    begun = begin(request, case_id)
    took_part = agencies_that_took_part(begun.opened.case)
    people = {str(each.pk): each for each in took_part if each != begun.opened.worker}
    form = LossForm(request.POST or None, tell=[(key, person_words(each)) for key, each in people.items()])

    def do() -> None:
        keep_loss(
            case_id=begun.id,
            seen_version=begun.seen_version,
            loss=form.loss(),
            tell=[people[key] for key in form.cleaned_data["tell"]],
            by=begun.by,
            now=begun.now,
        )

    return own_page(begun, "record_pregnancy_ended", form, do, template="casework/loss.html")


def wait_for_agency(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Write down what another agency is to send."""
    begun = begin(request, case_id)
    form = WaitForm(request.POST or None)

    def do() -> None:
        awaiting.wait_for_agency(
            case_id=begun.id,
            seen_version=begun.seen_version,
            what=form.cleaned_data["reason"],
            from_whom=form.cleaned_data["from_whom"],
            since=moment_in(form, "since", has_been=True),
            by=begun.by,
            now=begun.now,
        )

    def ready() -> bool:
        moment_in(form, "since", has_been=True)
        return not form.errors

    return own_page(begun, "wait_for_agency", form, do, ready)


def end_waiting(request: HttpRequest, case_id: UUID, awaited_id: int) -> HttpResponse:
    """Record that something another agency was to send came, or will not come."""
    begun = begin(request, case_id)
    awaited = next((each for each in begun.opened.awaited if each.pk == awaited_id), None)
    if awaited is None:
        raise Http404
    form = EndWaitingForm(request.POST or None)

    def do() -> None:
        awaiting.end_waiting(
            case_id=begun.id,
            awaited_id=awaited_id,
            outcome=form.cleaned_data["outcome"],
            words=form.cleaned_data["reason"],
            by=begun.by,
            now=begun.now,
        )

    return own_page(begun, "end_waiting", form, do, about=f"{awaited.what}: {awaited.from_whom}")


def finish_action(request: HttpRequest, case_id: UUID, action_id: int) -> HttpResponse:
    """Say what came of an action."""
    begun = begin(request, case_id)
    action = next((each for each in begun.opened.actions if each.pk == action_id), None)
    if action is None:
        raise Http404
    form = FinishActionForm(request.POST or None)

    def do() -> None:
        leading.finish_action(
            case_id=begun.id,
            action_id=action_id,
            note=form.cleaned_data["note"],
            by=begun.by,
            now=begun.now,
        )

    return own_page(begun, "finish_action", form, do, about=f"{action.what} ({action.owner})")
