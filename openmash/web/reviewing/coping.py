"""“Can we cope”: a team's numbers typed in, and what waiting they would make. The address holds all of them."""

from functools import lru_cache
from threading import Lock

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from openmash.apps.review.coping import (
    NEVER_A_BAR,
    Beginning,
    Coping,
    beginning,
    cope,
    in_short,
    season_of,
    what_to_ask_for,
)
from openmash.engines.coping import Scenario
from openmash.engines.review.areas import ENGLAND, Area, NoSuchArea, find
from openmash.engines.review.tables import published
from openmash.web.reviewing.forms import CopeForm, typed_from
from openmash.web.reviewing.presenters.choosing import choices
from openmash.web.reviewing.presenters.coping import (
    cliff_chart,
    load_rows,
    people_rows,
    week_rows,
    weeks_chart,
)

_one_at_a_time = Lock()
SECONDS_IN_LINE = 20


class Busy(Exception):
    """Somebody else's simulation has the processor."""


@require_GET
def cope_page(request: HttpRequest) -> HttpResponse:
    """The form, filled in from a council's published figures or England's; and, once sent, what it comes to."""
    area, unknown = _area(request.GET.get("area", "").strip()[:100])
    tables = published()
    begin = beginning(tables, area)
    form = CopeForm(
        request.GET if "posts" in request.GET else None, initial=typed_from(begin) | _carried(request)
    )
    status = 200
    context: dict[str, object] = {
        "form": form,
        "begin": begin,
        "is_england": area.code == ENGLAND,
        "unknown": unknown,
        "carried": "" if form.is_bound else _carried(request).get("weekly", ""),
        "areas": choices(tables, "" if area.code == ENGLAND else area.code),
        "never": NEVER_A_BAR,
    }
    if form.is_bound and form.is_valid():
        scenario = form.scenario(season_of(tables, area), timezone.localdate().month)
        if scenario:
            try:
                context |= _found(scenario)
            except Busy:
                status = 503
                form.add_error(
                    None,
                    "Somebody else’s simulation is running. Try again in a minute: your numbers are kept below.",
                )
    return render(request, "reviewing/cope.html", context, status=status)


def _carried(request: HttpRequest) -> dict[str, str]:
    """The weekly number that another page carries here. It is checked like any other, once the form is sent."""
    weekly = request.GET.get("weekly", "").strip()[:10]
    return {"weekly": weekly} if weekly else {}


def simulated(begin: Beginning, area: Area, month: int) -> dict[str, object]:
    """What the page shows of a team with published figures.

    Raises:
        Busy: somebody else's simulation is running.
    """
    form = CopeForm(typed_from(begin))
    scenario = form.scenario(season_of(published(), area), month) if form.is_valid() else None
    return {**_found(scenario), "never": NEVER_A_BAR} if scenario else {}


def _found(scenario: Scenario) -> dict[str, object]:
    coping = _worked_out(scenario)
    now = coping.now
    return {
        "coping": coping,
        "said": in_short(coping),
        "ask_for": what_to_ask_for(coping),
        "cliff": cliff_chart(coping),
        "weeks": weeks_chart(now),
        "tables": (
            ("At other loads", "Work for 100", "Come in a week", load_rows(coping)),
            ("With more people, or fewer", "Posts", "Work for 100", people_rows(coping)),
        ),
        "week_rows": week_rows(now),
        "over": {52: "one year", 104: "two years", 156: "three years"}.get(scenario.weeks),
    }


@lru_cache(maxsize=64)
def _worked_out(scenario: Scenario) -> Coping:
    """A few seconds of one processor, one at a time. The seed is fixed, so the same numbers give the same page."""
    if not _one_at_a_time.acquire(timeout=SECONDS_IN_LINE):
        raise Busy
    try:
        return cope(scenario)
    finally:
        _one_at_a_time.release()


def _area(name: str) -> tuple[Area, str]:
    """The council of this name, and what to say if there is none; England then, and when no name was given."""
    tables = published()
    if not name:
        return tables.areas[ENGLAND], ""
    try:
        return find(list(tables.areas.values()), name), ""
    except NoSuchArea as unknown:
        return tables.areas[ENGLAND], str(unknown)
