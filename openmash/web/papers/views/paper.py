"""One paper, whole or as it was given; and giving it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openmash.apps.papers.actions import giving
from openmash.apps.papers.errors import Incomplete
from openmash.apps.papers.queries import of_a_meeting
from openmash.web.layout.acting import somebody
from openmash.web.papers.finding import found
from openmash.web.papers.forms import GiveForm
from openmash.web.papers.printing import pdf


def _whole(request: HttpRequest, paper_id: int, to: str = "") -> dict[str, Any]:
    now = timezone.now()
    return _context(found(lambda: of_a_meeting.open_paper(paper_id, by=somebody(request), now=now, to=to)))


def _part(request: HttpRequest, given_id: int) -> dict[str, Any]:
    now = timezone.now()
    return _context(found(lambda: of_a_meeting.open_given(given_id, by=somebody(request), now=now)))


def _context(opened: Any) -> dict[str, Any]:
    names = [part["child"] for part in opened.content["parts"] if part["child"]]
    return {
        "opened": opened,
        "paper": opened.paper,
        "given": opened.given,
        "content": opened.content,
        "children": ", ".join(names),
    }


@require_GET
def paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """A whole paper."""
    return render(request, "papers/paper.html", _whole(request, paper_id))


@require_GET
def paper_pdf(request: HttpRequest, paper_id: int) -> HttpResponse:
    """A whole paper, to print or keep."""
    return _pdf(request, _whole(request, paper_id))


@require_GET
def given(request: HttpRequest, given_id: int) -> HttpResponse:
    """The parts that somebody was given."""
    return render(request, "papers/paper.html", _part(request, given_id))


@require_GET
def given_pdf(request: HttpRequest, given_id: int) -> HttpResponse:
    """The parts that somebody was given, to print and hand over."""
    return _pdf(request, _part(request, given_id))


def _pdf(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    kept, to = context["paper"], context["given"]
    reader = f"For {to.who}. " if to else ""
    return pdf(
        request,
        "papers/print_paper.html",
        context,
        foot=f"Confidential. {reader}{kept}",
        name=f"{kept.kind}-{kept.number}",
    )


def give_paper(request: HttpRequest, paper_id: int) -> HttpResponse:
    """Say who needs to know which parts, and why."""
    context = _whole(request, paper_id, to="give_paper")
    kept = context["paper"]
    invited = context["opened"].invited
    form = GiveForm(
        request.POST or None,
        people=[(str(each.pk), f"{each.agency.name}: {each.name}, {each.job_title}") for each in invited],
        family=giving.FAMILY,
        parts=[(part["key"], part["label"]) for part in context["content"]["parts"]],
    )
    if request.method == "POST" and form.is_valid() and _is_given(request, paper_id, form, invited):
        messages.success(request, "Given. What went to whom, and why, is on this page.")
        return redirect("papers:meeting", kept.meeting_id)
    return render(request, "papers/give.html", {**context, "form": form})


def _is_given(request: HttpRequest, paper_id: int, form: GiveForm, invited: tuple[Any, ...]) -> bool:
    chosen = set(form.cleaned_data["readers"])
    try:
        giving.give_paper(
            paper_id=paper_id,
            people=[each for each in invited if str(each.pk) in chosen],
            family=[who for who in giving.FAMILY if who in chosen],
            parts=form.cleaned_data["parts"],
            reason=form.cleaned_data["reason"],
            by=somebody(request),
            now=timezone.now(),
        )
    except Incomplete as lacking:
        for reason in lacking.reasons:
            form.add_error(reason.field, reason.text)
        return False
    return True
