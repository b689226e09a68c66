"""Round the table: calling, one's own entry, holding, deciding for each child, ending."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from openmash.apps.casework.actions import meetings as round_the_table
from openmash.apps.casework.asking import GATE_OF, at_gate
from openmash.apps.casework.meeting_kinds import MEETINGS
from openmash.apps.casework.stages import MEANINGS, Stage
from openmash.apps.directory.queries import people_to_invite
from openmash.web.casework.acting import Act, BegunMeeting, begin, begin_meeting, not_possible, respond
from openmash.web.casework.forms.moving import DecideForm
from openmash.web.casework.forms.others import CallForm, HoldForm, SecondWordForm, TextForm
from openmash.web.casework.forms.pieces import moment_in
from openmash.web.casework.presenters import OUTCOME_WORDS, before_birth, child_name, person_words
from openmash.web.casework.threshold import said_at
from openmash.web.casework.views.case import frame_of
from openmash.web.layout.times import moment


def call_meeting(request: HttpRequest, case_id: UUID, kind: str) -> HttpResponse:
    """Call a meeting about this child and the other children of the household."""
    if kind not in MEETINGS:
        raise Http404
    begun = begin(request, case_id)
    case, meant = begun.opened.case, MEETINGS[kind]
    back = ("casework:case", begun.id)
    people = [each for each in people_to_invite(case.locality_id) if each.pk != begun.by.pk]
    form = CallForm(request.POST or None, people=[(str(each.pk), _to_invite(each)) for each in people])
    if meant.call not in begun.opened.can:
        return not_possible(request, "You cannot call this meeting for this child now.", back, form)

    def do() -> None:
        chosen = set(form.cleaned_data["invite"])
        round_the_table.call_meeting(
            case_id=begun.id,
            seen_version=begun.seen_version,
            kind=kind,
            purpose=form.cleaned_data["purpose"],
            planned_for=moment_in(form, "planned"),
            invite=[each for each in people if str(each.pk) in chosen],
            by=begun.by,
            now=begun.now,
        )

    return respond(
        Act(
            request=request,
            form=form,
            title=f"Call: {meant.label.lower()}",
            button="Call this meeting",
            do=do,
            done=f"{meant.label} called. Everybody invited finds it when they sign in.",
            back=back,
            context=frame_of(begun),
            field_of=lambda reason: "purpose" if reason.field == "reason" else reason.field,
            version=case.version,
        )
    )


def _to_invite(person: Any) -> str:
    return f"{person.agency.name}: {person.name}, {person.job_title}"


@require_GET
def meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """One meeting: whole, or what is there for somebody who was invited."""
    begun = begin_meeting(request, meeting_id)
    opened = begun.opened
    context = {
        **frame_of_meeting(begun),
        "children": [_child(each, opened) for each in opened.children],
        "invitations": [(each, getattr(each, "attendance", None)) for each in opened.invitations],
        "can_decide": opened.kind.decide in opened.can,
        "can_hold": opened.kind.hold in opened.can,
        "still_without": ", ".join(child_name(each) for each in opened.left),
    }
    return render(request, "casework/meeting.html", context)


def frame_of_meeting(begun: BegunMeeting) -> dict[str, Any]:
    opened = begun.opened
    return {
        "opened": opened,
        "meeting": opened.meeting,
        "label": opened.kind.label,
        "when": moment(opened.meeting.planned_for),
        "names": ", ".join(child_name(each.case) for each in opened.children),
    }


def _child(each: Any, opened: Any) -> dict[str, Any]:
    decision = each.decision
    return {
        "case": each.case,
        "name": child_name(each.case),
        "decision": decision,
        "lost": each.lost,
        "words": OUTCOME_WORDS.get(f"{opened.kind.decide}:{decision.outcome}", "")
        if decision is not None
        else "",
        "category": decision.get_category_display() if decision is not None else "",
        "goes_on": MEANINGS[Stage(decision.goes_on)].label
        if decision is not None and decision.goes_on
        else "",
    }


def make_entry(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Write what one's own agency knows."""
    begun = begin_meeting(request, meeting_id, to="make_entry")
    form = TextForm(
        request.POST or None,
        label="What does your agency know?",
        hint="Facts and where they come from; what you make of them; what you do not know. Your entry stands "
        "in your name. You can add to it later, and nobody can change it.",
    )
    return _respond(
        begun,
        form,
        "Write what your agency knows",
        "Keep this entry",
        "Your entry has been kept.",
        lambda: round_the_table.make_entry(
            meeting_id=begun.id, text=form.cleaned_data["text"], by=begun.by, now=begun.now
        ),
    )


def dissent(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Record that one disagrees."""
    begun = begin_meeting(request, meeting_id, to="dissent")
    form = TextForm(
        request.POST or None,
        label="What do you disagree with, and why?",
        hint="It stays beside the decision, in your words and your name.",
    )
    return _respond(
        begun,
        form,
        "Record that you disagree",
        "Keep this",
        "Your disagreement has been kept beside the decision.",
        lambda: round_the_table.dissent(
            meeting_id=begun.id, text=form.cleaned_data["text"], by=begun.by, now=begun.now
        ),
    )


def hold_meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """Record that it was held, and who was there."""
    begun = begin_meeting(request, meeting_id)
    opened = begun.opened
    form = HoldForm(
        request.POST or None,
        invited=[(str(each.pk), person_words(each.person)) for each in opened.invitations],
        where_it_applies=[need.needed for need in opened.needs if not need.always],
    )
    if opened.kind.hold not in opened.can:
        return not_possible(
            request, "You cannot record this for this meeting now.", ("casework:meeting", begun.id), form
        )

    def do() -> None:
        there = set(form.cleaned_data["came"])
        when = moment_in(form, "held")
        round_the_table.hold_meeting(
            meeting_id=begun.id,
            held_at=when or begun.now,
            came={each.pk: (str(each.pk) in there, "") for each in opened.invitations},
            not_applying=form.not_applying(),
            by=begun.by,
            now=begun.now,
        )

    def ready() -> bool:
        if moment_in(form, "held") is None and not form.errors:
            form.add_error("held_on", "Give the day on which it was held.")
        return not form.errors

    done = "Recorded who was there. Now decide for each child."
    return _respond(begun, form, "Record who was there", "Record this", done, do, ready=ready)


def decide_for_child(request: HttpRequest, meeting_id: UUID, case_id: UUID) -> HttpResponse:
    """Decide for one child."""
    begun = begin_meeting(request, meeting_id)
    opened, back = begun.opened, ("casework:meeting", meeting_id)
    child = next((each for each in opened.children if each.case.pk == case_id), None)
    if child is None:
        raise Http404
    gate = GATE_OF.get(opened.kind.decide, "")
    standing = at_gate(child.case, gate, begun.now) if gate else None
    form = DecideForm(
        request.POST or None,
        lower=standing is not None and standing.guards_lower,
        moves=child.moves,
        stages=_stages(child),
        missing=opened.held.missing if opened.held else [],
        initial=before_birth(child.case),
    )
    if opened.kind.decide not in opened.can or child.decision is not None:
        return not_possible(request, "You cannot decide for this child at this meeting now.", back, form)

    def do() -> None:
        round_the_table.decide_for_child(
            meeting_id=begun.id,
            case_id=case_id,
            outcome=form.outcome,
            written=form.written(),
            not_quorate_because=form.cleaned_data.get("not_quorate_because", ""),
            actions=form.actions(),
            by=begun.by,
            now=begun.now,
        )

    name = child_name(child.case)
    waits = " It waits for a second person." if opened.held and opened.held.missing else ""
    return _respond(
        begun,
        form,
        f"Decide for {name}",
        "Decide",
        f"Decided for {name}.{waits}",
        do,
        ready=form.is_chosen,
        field_of=form.field_of,
        context={
            "said": said_at(standing),
            "ask_href": reverse("casework:ask_threshold", args=[case_id, gate]) if standing else "",
        },
    )


def _stages(child: Any) -> frozenset[str]:
    return frozenset(
        each.stage for each in child.case.stageopen_set.all() if getattr(each, "ended", None) is None
    )


def second_word(request: HttpRequest, meeting_id: UUID, decision_id: int) -> HttpResponse:
    """Agree to what a meeting decided that lacked somebody, or return it."""
    begun = begin_meeting(request, meeting_id, to="agree_decision")
    child = next(
        (each for each in begun.opened.children if each.decision and each.decision.pk == decision_id), None
    )
    if child is None:
        raise Http404
    form = SecondWordForm(request.POST or None)
    return _respond(
        begun,
        form,
        f"Agree to the decision for {child_name(child.case)}, or return it",
        "Send my word",
        "Your word has been kept.",
        lambda: round_the_table.say_second_word(
            meeting_id=begun.id,
            decision_id=decision_id,
            agrees=form.cleaned_data["word"] == "agree",
            reason=form.cleaned_data["reason"],
            by=begun.by,
            now=begun.now,
        ),
        context={"child": _child(child, begun.opened)},
    )


def end_meeting(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """End the meeting: everybody at the table can read what it decided."""
    begun = begin_meeting(request, meeting_id, to="end_meeting")
    form = TextForm(
        request.POST or None,
        label="What should everybody at the table know?",
        hint="The minutes in short. They read this and what was decided for each child. Leave it empty if the "
        "decisions say it all.",
    )
    return _respond(
        begun,
        form,
        "End the meeting",
        "End the meeting",
        "The meeting has ended. Everybody invited can read what it decided.",
        lambda: round_the_table.end_meeting(
            meeting_id=begun.id, summary=form.cleaned_data["text"], by=begun.by, now=begun.now
        ),
    )


def _respond(
    begun: BegunMeeting,
    form: Any,
    title: str,
    button: str,
    done: str,
    do: Any,
    *,
    ready: Any = None,
    field_of: Any = None,
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    return respond(
        Act(
            request=begun.request,
            form=form,
            title=title,
            button=button,
            do=do,
            done=done,
            back=("casework:meeting", begun.id),
            template="casework/act_at_meeting.html",
            context={**frame_of_meeting(begun), **(context or {})},
            ready=ready or (lambda: True),
            field_of=field_of or (lambda reason: reason.field),
        )
    )
