"""The header, as text."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from openmash.engines.thresholds import PolicyError
from openmash.engines.thresholds.text.files import HEADER
from openmash.web.drafting.faults import at_the_top, where_and_what
from openmash.web.drafting.forms.other import HeaderForm
from openmash.web.drafting.keeping import Change, respond
from openmash.web.drafting.opening import begin, shown


def edit_header(request: HttpRequest, pk: int) -> HttpResponse:
    """Levels, clocks, promises, contacts and grades of evidence: to change with a reason, or only to read."""
    if request.method != "POST":
        reading = begin(request, pk)
        if "revise_draft" not in reading.opened.may:
            return shown(reading, "header", {"header": reading.opened.policy.sources[HEADER]})
    begun = begin(request, pk, to="revise_draft")
    texts, _policy = begun.as_seen()
    form = HeaderForm(request.POST or None, initial={"header": texts[HEADER]})

    def typed() -> str:
        return f"{form.cleaned_data['header'].rstrip()}\n"

    def place_faults(wrong: Iterable[PolicyError]) -> None:
        lines = typed().split("\n")
        for fault in wrong:
            if fault.file != HEADER:
                at_the_top(form, [fault])
                continue
            line = lines[fault.row - 1].strip() if fault.row and fault.row <= len(lines) else ""
            form.add_error("header", where_and_what(fault) + (f" The line reads: {line}" if line else ""))

    return respond(
        Change(
            begun=begun,
            form=form,
            template="edit_header",
            title="Change the header",
            button="Keep this header",
            texts=lambda: {**texts, HEADER: typed()},
            done="The header has been changed.",
            go_to=reverse("drafting:draft", args=[pk]),
            action=request.path,
            place_faults=place_faults,
        )
    )
