"""Letters: written from the record, looked at before they are kept."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from openmash.apps.papers.actions import letters as writing
from openmash.apps.papers.errors import NotPossibleNow
from openmash.apps.papers.queries import of_a_case
from openmash.web.layout.acting import somebody
from openmash.web.papers.finding import found, not_possible
from openmash.web.papers.forms import AddresseeForm
from openmash.web.papers.printing import pdf

TO = {"parents": "Parent or carer", "child": "The child", "agency": "Agency"}


def write_letter(request: HttpRequest, case_id: UUID, kind: str, key: str) -> HttpResponse:
    """Choose whom it is for, look at it, and keep it."""
    now, by = timezone.now(), somebody(request)
    opened = found(lambda: of_a_case.papers_of_case(case_id, by=by, now=now))
    back = reverse("papers:case", args=[case_id])
    occasion = next((each for each in opened.occasions if (each.kind, each.key) == (kind, key)), None)
    if occasion is None:
        return not_possible(request, "There is nothing of which you could write this letter now.", back)
    try:
        readers = of_a_case.readers_of(occasion, now=now)
    except NotPossibleNow as refused:
        return not_possible(request, refused.reason, back)
    found_for = of_a_case.addressees_of(opened.case, occasion)
    addressees = {each.key: each for each in found_for if each.to in readers}
    form = AddresseeForm(
        request.POST if request.method == "POST" else (request.GET or None),
        addressees=[(each.key, f"{TO[each.to]}: {each.name}") for each in addressees.values()],
    )
    context = {"opened": opened, "case": opened.case, "occasion": occasion, "form": form, "back": back}
    if not form.is_bound or not form.is_valid():
        return render(request, "papers/letter_to_whom.html", context)
    addressee = addressees[form.cleaned_data["addressee"]]
    about = {"kind": kind, "key": key, "by": by, "now": now}
    try:
        if request.method == "POST":
            kept = writing.write_letter(case_id=case_id, to=addressee.to, addressee=addressee.name, **about)
            messages.success(request, "The letter has been kept. Print it, and hand it over or post it.")
            return redirect("papers:letter", kept.pk)
        drafted = of_a_case.letter_to_be(case_id, addressee=addressee, **about)
    except NotPossibleNow as refused:
        return not_possible(request, refused.reason, back)
    context |= {"drafted": drafted, "addressee": addressee}
    return render(request, "papers/letter_to_be.html", context)


def _letter(request: HttpRequest, letter_id: UUID) -> Any:
    return found(lambda: of_a_case.open_letter(letter_id, by=somebody(request), now=timezone.now()))


@require_GET
def letter(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """A letter as it was kept."""
    kept = _letter(request, letter_id)
    return render(request, "papers/letter.html", {"letter": kept, "case": kept.case})


@require_GET
def letter_pdf(request: HttpRequest, letter_id: UUID) -> HttpResponse:
    """A letter, to print or send."""
    kept = _letter(request, letter_id)
    return pdf(
        request,
        "papers/print_letter.html",
        {"letter": kept},
        foot=f"{kept.case.reference}. Written from the record, with the texts of {kept.template.version}",
        name=f"letter-{kept.kind}-{kept.to}",
    )
