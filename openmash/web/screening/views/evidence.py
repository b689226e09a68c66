"""Adding what the front door learns: signs on one's own evidence, answers to questions, information."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from openmash.apps.concerns.actions import screening
from openmash.apps.concerns.queries import sent_twice
from openmash.web.screening.acting import (
    Act,
    Begun,
    add_whatever_changed,
    begin,
    frame_of,
    not_possible,
    respond,
)
from openmash.web.screening.forms.evidence import (
    InformationForm,
    RecordFactsForm,
    RecordSignForm,
    WithdrawSignForm,
)
from openmash.web.screening.presenters.contact import facts_shown, sign_shown
from openmash.web.screening.presenters.signs import signs_to_choose


def choose_sign(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Every sign of the version this contact is read under, or those searched for."""
    begun = begin(request, contact_id, to="record_sign")
    if "record_sign" not in begun.opened.can:
        return not_possible(begun, f"{begun.opened.contact.reference} is not being screened now.")
    words, domain = request.GET.get("words", ""), request.GET.get("domain", "")
    context = {
        **frame_of(begun),
        "domains": signs_to_choose(begun.opened, words=words, domain=domain),
        "all_domains": begun.opened.policy.domains,
        "words": words,
        "domain": domain,
    }
    return render(request, "screening/choose_sign.html", context)


def record_sign(request: HttpRequest, contact_id: UUID, sign_code: str) -> HttpResponse:
    """Record one sign, with one's own evidence."""
    begun = begin(request, contact_id, to="record_sign")
    sign = begun.opened.policy.signs_by_id.get(sign_code)
    if sign is None:
        raise Http404
    today = timezone.localtime(begun.now).date()
    form = RecordSignForm(request.POST or None, policy=begun.opened.policy, sign=sign, today=today)

    def sent_before() -> bool:
        given = form.cleaned_data
        return sent_twice.recorded_sign_so(
            begun.id,
            sign=sign.id,
            evidence=given["evidence"],
            note=given["note"],
            since=begun.seen_at,
            by=begun.by,
        )

    def do(version: int) -> Any:
        given = form.cleaned_data
        return screening.record_sign(
            contact_id=begun.id,
            sign=sign.id,
            evidence=given["evidence"],
            immediate_answer=given.get("immediate_answer", "not_known"),
            examples=form.examples(),
            since=given["since"],
            note=given["note"],
            by=begun.by,
            now=begun.now,
            seen_version=version,
        )

    return respond(
        Act(
            begun=begun,
            verb="record_sign",
            form=form,
            title=f"Add the sign {sign.id}",
            button="Add this sign",
            do=adding(do, sent_before),
            done=f"The sign {sign.id} has been added on your evidence.",
            template="screening/record_sign.html",
            context={"sign": sign},
        )
    )


def withdraw_sign(request: HttpRequest, contact_id: UUID, sign_id: int) -> HttpResponse:
    """Say why a sign is not to be relied on."""
    begun = begin(request, contact_id, to="withdraw_sign")
    sign = next((each for each in begun.opened.signs if each.pk == sign_id), None)
    if sign is None:
        raise Http404
    if request.method == "GET" and getattr(sign, "withdrawn", None) is not None:
        return not_possible(begun, "This sign has already been withdrawn.")
    form = WithdrawSignForm(request.POST or None)
    return respond(
        Act(
            begun=begun,
            verb="withdraw_sign",
            form=form,
            title=f"Withdraw the sign {sign.sign}",
            button="Withdraw this sign",
            do=lambda version: screening.withdraw_sign(
                contact_id=begun.id,
                sign_id=sign_id,
                reason=form.cleaned_data["reason"],
                by=begun.by,
                now=begun.now,
            ),
            sent_before=lambda: sent_twice.withdrew(begun.id, sign_id=sign_id, by=begun.by),
            done=f"The sign {sign.sign} has been withdrawn. It stays visible, with your reason.",
            template="screening/withdraw_sign.html",
            context={"sign": sign_shown(sign, begun.opened.policy)},
        )
    )


def record_fact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Answer any of the policy's questions of fact."""
    begun = begin(request, contact_id, to="record_fact")
    so_far = {fact.id: fact.answer for fact in facts_shown(begun.opened)}
    policy = begun.opened.policy
    form = RecordFactsForm(request.POST or None, facts=policy.facts_at(policy.gates[0]), now_known=so_far)
    return respond(
        Act(
            begun=begun,
            verb="record_fact",
            form=form,
            title="Answer what is not known",
            button="Keep these answers",
            do=lambda version: _record_facts(begun, form, version),
            done="Your answers have been kept. Earlier answers stay on record.",
            template="screening/record_fact.html",
        )
    )


def _record_facts(begun: Begun, form: RecordFactsForm, version: int) -> None:
    for fact, answer in form.answers().items():

        def do(seen: int, fact: str = fact, answer: str = answer) -> Any:
            note = form.cleaned_data["note"]
            return screening.record_fact(
                contact_id=begun.id,
                fact=fact,
                answer=answer,
                note=note,
                by=begun.by,
                now=begun.now,
                seen_version=seen,
            )

        def sent_before(fact: str = fact, answer: str = answer) -> bool:
            return sent_twice.answered_fact_so(
                begun.id, fact=fact, answer=answer, since=begun.seen_at, by=begun.by
            )

        add_whatever_changed(do, sent_before, version)


def add_information(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Add new information. What was decided opens again."""
    begun = begin(request, contact_id, to="add_information")
    form = InformationForm(request.POST or None)

    def do(version: int) -> Any:
        text = form.cleaned_data["text"]
        return screening.add_information(
            contact_id=begun.id, text=text, by=begun.by, now=begun.now, seen_version=version
        )

    def sent_before() -> bool:
        return sent_twice.informed_so(
            begun.id, text=form.cleaned_data["text"], since=begun.seen_at, by=begun.by
        )

    return respond(
        Act(
            begun=begun,
            verb="add_information",
            form=form,
            title="Add new information",
            button="Add this information",
            do=adding(do, sent_before),
            done="Your information has been added.",
            template="screening/add_information.html",
        )
    )


def adding(do: Callable[[int], Any], sent_before: Callable[[], bool]) -> Callable[[int], None]:
    """An act that adds to a contact, whatever its version."""
    return lambda version: add_whatever_changed(do, sent_before, version)
