"""Trying a case: choosing signs, saying what is known, and reading what a version says of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

from openmash.apps.policy.permission import may
from openmash.apps.policy.queries.drafts import drafts_visible_to
from openmash.web.trying.forms.case import CaseForm, ChooseForm, carried
from openmash.web.trying.presenters.explained import explained
from openmash.web.trying.versions import Tried, draft_tried, of_a_version, shown, somebody, version_in_force


@of_a_version
def case(request: HttpRequest, draft: int | None = None) -> HttpResponse:
    """Two pages and an answer, all of it in the form: what is typed goes along from one to the next."""
    now = timezone.now()
    tried = version_in_force(now) if draft is None else draft_tried(request, draft, now)
    step = request.POST.get("go", "signs")
    if step in ("about", "show"):
        return _about(request, tried, asked=step == "show")
    form = ChooseForm(request.POST, tried.policy)
    context = {"form": form, "tried": tried, "carried": carried(request.POST, form)}
    return shown(request, "choose", context, draft=draft)


def _about(request: HttpRequest, tried: Tried, *, asked: bool) -> HttpResponse:
    data: QueryDict = request.POST
    form = CaseForm(data, tried.policy, asked=asked)
    context: dict[str, Any] = {
        "form": form,
        "tried": tried,
        "carried": carried(data, form),
        "others": _others(request, tried),
        "contact_kinds": sorted({sign.accumulates for sign in tried.policy.signs} - {""}),
    }
    if asked and form.is_valid():
        context["explained"] = explained(tried.policy, form.case(), form.gate())
        context["example"] = form.example()
    return shown(request, "about", context, draft=tried.draft)


def _others(request: HttpRequest, tried: Tried) -> list[tuple[int | None, str]]:
    """The other versions that the same case can be put to, by the key of the draft (None: in force)."""
    others: list[tuple[int | None, str]] = [] if tried.draft is None else [(None, "the version in force")]
    by, now = somebody(request), timezone.now()
    if may("see_drafts", by, now):
        drafts = [(each.pk, f"draft {each.version}") for each, _ in drafts_visible_to(by, now)]
        others += [each for each in drafts if each[0] != tried.draft]
    return others[:6]
