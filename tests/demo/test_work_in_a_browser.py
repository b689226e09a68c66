"""What a visitor of the demonstration sees of the work, on the worklists and behind them, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.casework.models import Case, Meeting
from openmash.demo.load import empty_stage
from openmash.demo.stories.work import begin_work
from openmash.demo.stories.work.steps import named

Check = Callable[[Page, str], None]


@pytest.fixture
def played(db: None) -> None:
    """The stories of the work alone, up to now."""
    world = empty_stage(timezone.now())
    begin_work(world)
    world.timeline.play(lambda: None)


@pytest.mark.usefixtures("played")
def test_the_worklists_show_every_story(
    page: Page, live_server: LiveServer, sign_in: Callable[[Any], None], check_page: Check
) -> None:
    work = f"{live_server.url}{reverse('casework:worklist')}"

    # The manager: who is away and who covers, the disagreement, what other areas owe, and the whole team
    sign_in(named("Yvonne Castellane"))
    page.goto(work)
    away = page.get_by_role("region", name="Whoever leads is away, and something falls due")
    expect(away).to_contain_text("Mabel Adair")
    expect(away).to_contain_text("Farida Holloway-Mensah covers.")
    expect(page.get_by_role("region", name="To be decided")).to_contain_text("Reuben Quill")
    awaited = page.get_by_role("region", name="Waiting on another agency")
    expect(awaited).to_contain_text("From Eastvale")
    expect(awaited).to_contain_text("From Southmoor Children’s Services")
    team = page.get_by_role("table", name="Children of the team, longest waiting first")
    for child in ("Jonah Pike", "Freya Lund", "Otis Brandt", "Unborn child", "Skye Verity"):
        expect(team).to_contain_text(child)
    expect(team).not_to_contain_text("The baby")
    check_page(page, "demo-work-manager")
    page.get_by_role("link", name="Something is due within a week").click()
    expect(team).to_contain_text("Reuben Quill")
    expect(team).not_to_contain_text("Jonah Pike")

    # The social worker: covers for a colleague, and reads how the parents want to be spoken to
    sign_in(named("Farida Holloway-Mensah"))
    page.goto(work)
    expect(page.get_by_role("table", name="Children for whom you cover", exact=False)).to_contain_text(
        "Mabel Adair"
    )
    expect(page.get_by_role("region", name="A pregnancy that has ended")).to_contain_text(
        "no letter and no visit"
    )
    check_page(page, "demo-work-social-worker")

    # Who disagreed sees that it waits
    sign_in(named("Grace Adeyinka"))
    page.goto(work)
    expect(page.get_by_role("region", name="Where you disagreed")).to_contain_text("no answer yet")

    # Behind the lists: the child’s plan, the move, the conference before birth, the absence
    sign_in(named("Yvonne Castellane"))
    for child, name in (("Jonah Pike", "plan"), ("Mabel Adair", "moved-here"), ("Otis Brandt", "moves-away")):
        case = Case.objects.get(child__name=child)
        page.goto(f"{live_server.url}{reverse('casework:case', args=[case.pk])}")
        expect(page.get_by_role("heading", level=1)).to_contain_text(child)
        if name == "moved-here":
            expect(page.get_by_text("None has been written here yet.")).to_be_visible()
        check_page(page, f"demo-work-{name}")
    page.goto(f"{live_server.url}{reverse('casework:absences')}")
    expect(page.get_by_text("Tomasz Pryce").first).to_be_visible()
    check_page(page, "demo-work-absences")
    sign_in(named("Rajinder Ashgrove"))
    held = Meeting.objects.get(kind="initial_conference", meetingended__isnull=False)
    page.goto(f"{live_server.url}{reverse('casework:meeting', args=[held.pk])}")
    expect(page.get_by_text("A child protection plan begins")).to_be_visible()
    check_page(page, "demo-work-conference")
