"""Telling the person who raised it, giving advice, and replying when they disagree."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse

from openmash.apps.concerns.actions import answering, disagreeing
from openmash.apps.concerns.queries import sent_twice
from openmash.web.screening.acting import Act, Begun, begin, not_possible, respond
from openmash.web.screening.forms.answering import AnswerForm
from openmash.web.screening.forms.deciding import ReplyForm
from openmash.web.screening.presenters.answers import advice_begun, answer_begun
from openmash.web.screening.presenters.decisions import decision_shown
from openmash.web.screening.presenters.disagreements import disagreements_shown
from openmash.web.screening.presenters.findings import finding_now
from openmash.web.screening.presenters.people import raised_by, source_of


def answer(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Answer whoever raised a concern that has been decided."""
    begun = begin(request, contact_id, to="answer")
    decision = begun.opened.contact.decision
    decided = next((each for each in begun.opened.decisions if decision and each.pk == decision.pk), None)
    form = AnswerForm(request.POST or None, initial={"text": answer_begun(begun.opened, begun.now)})
    return respond(
        Act(
            begun=begun,
            verb="answer",
            form=form,
            title="Answer the person who raised it",
            button="Send this answer",
            do=_sending(begun, form, answering.answer),
            sent_before=_sent(begun, form),
            done="Done. The person who raised it can read your answer now.",
            template="screening/answer.html",
            context={
                "to": _to(begun),
                "decision": decision_shown(decided, begun.opened) if decided else None,
            },
        )
    )


def give_advice(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Answer a request for advice, in one's own name."""
    begun = begin(request, contact_id, to="give_advice")
    form = AnswerForm(request.POST or None, initial={"text": advice_begun(begun.opened)})
    return respond(
        Act(
            begun=begun,
            verb="give_advice",
            form=form,
            title="Give advice",
            button="Send this advice",
            do=_sending(begun, form, answering.give_advice),
            sent_before=_sent(begun, form),
            done="Done. The person who asked can read your advice now, with your name.",
            template="screening/give_advice.html",
            context={
                "to": _to(begun),
                "record": begun.opened.contact,
                "finding": finding_now(begun.opened),
            },
        )
    )


def _to(begun: Begun) -> str:
    contact = begun.opened.contact
    return f"{raised_by(contact)}, {source_of(contact)}"


def _sending(begun: Begun, form: AnswerForm, send: Any) -> Any:
    def do(version: int) -> Any:
        text, unsafe_because = form.words()
        return send(
            contact_id=begun.id,
            seen_version=version,
            text=text,
            unsafe_because=unsafe_because,
            by=begun.by,
            now=begun.now,
        )

    return do


def _sent(begun: Begun, form: AnswerForm) -> Any:
    def sent_before() -> bool:
        text, unsafe_because = form.words()
        return sent_twice.answered_so(begun.id, text=text, unsafe_because=unsafe_because, by=begun.by)

    return sent_before


def reply_to_disagreement(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Stand by a decision with an answer of one's own, or have it taken again."""
    begun = begin(request, contact_id, to="reply_to_disagreement")
    disagreements = disagreements_shown(begun.opened, begun.now)
    form = ReplyForm(request.POST or None)
    if not disagreements:
        return not_possible(begun, "Nobody has disagreed with an answer here.", form)

    def do(version: int) -> Any:
        outcome, reason = form.cleaned_data["outcome"], form.cleaned_data["reason"]
        return disagreeing.reply_to_disagreement(
            contact_id=begun.id,
            seen_version=version,
            outcome=outcome,
            reason=reason,
            by=begun.by,
            now=begun.now,
        )

    def sent_before() -> bool:
        given = form.cleaned_data
        return sent_twice.replied_so(begun.id, outcome=given["outcome"], reason=given["reason"], by=begun.by)

    decision, last = begun.opened.contact.decision, begun.opened.answers[-1] if begun.opened.answers else None
    decided = next((each for each in begun.opened.decisions if decision and each.pk == decision.pk), None)
    return respond(
        Act(
            begun=begun,
            verb="reply_to_disagreement",
            form=form,
            title="Reply to the disagreement",
            button="Send my reply",
            do=do,
            sent_before=sent_before,
            done="Your reply has been kept.",
            template="screening/reply_to_disagreement.html",
            context={
                "disagreement": disagreements[-1],
                "earlier": disagreements[:-1],
                "answer": last,
                "decision": decision_shown(decided, begun.opened) if decided else None,
            },
        )
    )
