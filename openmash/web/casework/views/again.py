"""Looking again: what is new, a disagreement and its answer, what the threshold asks, a second person's word."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from openmash.apps.casework.actions import asking, escalating, informing, proposing
from openmash.apps.casework.asking import STAGE_OF, at_gate
from openmash.apps.casework.queries.disagreeing import open_disagreeing
from openmash.apps.concerns.steps import LAST_STEP, STEP_NAMES
from openmash.web.casework import presenters as shown
from openmash.web.casework.acting import Act, Begun, begin, not_possible, respond
from openmash.web.casework.forms.again import SOMETHING_ELSE, AnswerForm, DisagreeForm, ThresholdForm
from openmash.web.casework.forms.moving import MoveForm
from openmash.web.casework.forms.others import SecondWordForm
from openmash.web.casework.threshold import said_at
from openmash.web.casework.views.case import frame_of
from openmash.web.layout.acting import somebody


def decide_on_information(request: HttpRequest, case_id: UUID, new_id: int) -> HttpResponse:
    """Decide what follows from something new about this child."""
    begun = begin(request, case_id)
    opened = begun.opened
    new = _one_of(opened.new, new_id)
    moves = opened.can.get("decide_on_information", ())
    form = MoveForm(request.POST or None, moves=moves, stages=opened.stages)
    if not moves or hasattr(new, "decided"):
        return _not_now(begun, "This has been decided, or is not yours to decide.", form)

    def do() -> Any:
        return informing.decide_on_information(
            case_id=begun.id,
            new_id=new_id,
            seen_version=begun.seen_version,
            outcome=form.outcome,
            written=form.written(),
            by=begun.by,
            now=begun.now,
        )

    return _act(
        begun,
        form,
        "Something new was told: decide what follows",
        "What you decided has been kept. If it takes a second person, it waits for them.",
        do,
        template="casework/act_on_information.html",
        context={"new": new, "finding": shown.finding_of(new), "before": shown.decided_before(opened)},
        field_of=form.field_of,
        ready=form.is_chosen,
        version=opened.case.version,
    )


def ask_threshold(request: HttpRequest, case_id: UUID, gate: str) -> HttpResponse:
    """Answer what the published threshold asks at a later gate, and see what it says."""
    if gate not in STAGE_OF:
        raise Http404
    begun = begin(request, case_id)
    standing = at_gate(begun.opened.case, gate, begun.now)
    form = ThresholdForm(
        request.POST or None,
        facts=standing.facts if standing else (),
        answers=standing.answers if standing else {},
    )
    here = STAGE_OF[gate] in begun.opened.stages and "ask_threshold" in begun.opened.can
    if standing is None or not here:
        return _not_now(begun, "The published threshold asks nothing at this stage.", form)
    return _act(
        begun,
        form,
        "Answer what the published threshold asks",
        "Your answers have been kept. The threshold has been asked with them.",
        lambda: asking.ask_threshold(
            case_id=begun.id, gate=gate, facts=form.answers(), by=begun.by, now=begun.now
        ),
        context={"said": said_at(standing)},
    )


def say_word(request: HttpRequest, case_id: UUID, proposal_id: int) -> HttpResponse:
    """Agree to a decision that takes two people, or return it."""
    begun = begin(request, case_id)
    proposal = _one_of(begun.opened.proposals, proposal_id)
    form = SecondWordForm(request.POST or None)
    if "agree_proposal" not in begun.opened.can or hasattr(proposal, "second_word"):
        return _not_now(begun, "This does not wait for you.", form)

    def do() -> Any:
        return proposing.say_word(
            case_id=begun.id,
            proposal_id=proposal_id,
            agrees=form.cleaned_data["word"] == "agree",
            reason=form.cleaned_data["reason"],
            by=begun.by,
            now=begun.now,
        )

    words = shown.outcome_words(proposal.verb, proposal.outcome)
    return _act(
        begun,
        form,
        "Agree to this, or return it",
        "Your word has been kept.",
        do,
        context={"proposal": proposal, "about": words},
    )


def answer_escalation(request: HttpRequest, case_id: UUID, escalation_id: int) -> HttpResponse:
    """Answer an agency that disagrees."""
    begun = begin(request, case_id)
    found = _one_of(begun.opened.escalations, escalation_id)
    form = AnswerForm(request.POST or None)
    if hasattr(found, "answer") or "answer_escalation" not in begun.opened.can:
        return _not_now(begun, "This disagreement does not wait for you.", form)

    def do() -> Any:
        return escalating.answer_escalation(
            case_id=begun.id,
            escalation_id=escalation_id,
            seen_version=begun.seen_version,
            outcome=form.cleaned_data["outcome"],
            reason=form.cleaned_data["reason"],
            by=begun.by,
            now=begun.now,
        )

    return _act(
        begun,
        form,
        f"{found.by.agency} disagrees",
        "Your answer has been kept. Whoever disagreed reads it when they sign in.",
        do,
        context={"escalation": found},
        version=begun.opened.case.version,
    )


def escalate(request: HttpRequest, case_id: UUID) -> HttpResponse:
    """Disagree, see the answers to one's own disagreements, and take one further."""
    now, by = timezone.now(), somebody(request)
    try:
        found = open_disagreeing(case_id, by=by, now=now)
    except ObjectDoesNotExist as nowhere:
        raise Http404 from nowhere
    typed = request.GET.get("follows", "")
    follows = next((each for each in found.mine if typed == str(each.pk)), None)
    decisions = [(str(each.pk), shown.ended_words(each)) for each in found.decisions]
    form = DisagreeForm(request.POST or None, decisions=decisions)
    if follows is not None:
        del form.fields["about"]

    def do() -> Any:
        chosen = form.cleaned_data.get("about", SOMETHING_ELSE)
        return escalating.escalate(
            case_id=case_id,
            about_id=int(chosen) if chosen != SOMETHING_ELSE else None,
            follows_id=follows.pk if follows is not None else None,
            reason=form.cleaned_data["reason"],
            by=by,
            now=now,
        )

    return respond(
        Act(
            request=request,
            form=form,
            title="Disagree, and have it answered",
            button="Send this",
            do=do,
            done="Your disagreement has been kept. You find the answer under “Work”.",
            back=("casework:worklist",),
            template="casework/disagree.html",
            context={
                "child": shown.child_name(found.case),
                "mine": [_mine(each) for each in found.mine],
                "further_to": STEP_NAMES.get(follows.step + 1, "") if follows is not None else "",
                "send_to": f"?follows={follows.pk}" if follows is not None else "",
            },
        )
    )


def _mine(each: Any) -> tuple[Any, str, Any, str]:
    answer = getattr(each, "answer", None)
    may = answer is not None and each.step < LAST_STEP and not hasattr(each, "followed_by")
    about = shown.ended_words(each.about) if each.about is not None else ""
    return each, about, answer, STEP_NAMES[each.step + 1] if may else ""


def _one_of(rows: Any, pk: int) -> Any:
    found = next((each for each in rows if each.pk == pk), None)
    if found is None:
        raise Http404
    return found


def _not_now(begun: Begun, why: str, form: Any) -> HttpResponse:
    return not_possible(begun.request, why, ("casework:case", begun.id), form)


def _act(
    begun: Begun, form: Any, title: str, done: str, do: Any, *, context: dict[str, Any], **more: Any
) -> HttpResponse:
    return respond(
        Act(
            request=begun.request,
            form=form,
            title=title,
            button="Record this",
            do=do,
            done=done,
            back=("casework:case", begun.id),
            context={**frame_of(begun), **context},
            **more,
        )
    )
