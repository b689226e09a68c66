"""Who may be known already, while somebody is typed in: who is shown what, and what nobody learns."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.audit.models import Event
from openmash.apps.concerns.account import PartTold, Raiser
from openmash.apps.concerns.actions.raising import raise_concern
from openmash.apps.concerns.models import Contact, Draft
from openmash.apps.directory.models import Person
from openmash.apps.families.actions import say_more
from openmash.apps.families.told import MoreTold, NameTold, PersonDescribed
from openmash.apps.registers.actions.handing_over import HandedOver, hand_over
from openmash.web.raising import searching
from tests.cast import Cast, account
from tests.web.hearing_back.stages import answered
from tests.web.raising.conftest import Response, Writer, as_person, text_of
from tests.web.raising.pages import choose, go_on
from tests.web.screening import stages

ZOYA = {
    "name": "Zoya Hartwell",
    "how_old": "born",
    "born_on_day": "3",
    "born_on_month": "3",
    "born_on_year": "2019",
    "address": "4 Mill Lane, NF1 2AB",
}
"""As typed on the page."""

SignIn = Callable[[Person], None]
CheckPage = Callable[[Page, str], None]


def told_of_zoya(cast: Cast, by: Person | None, *, role: str = "subject", **given: Any) -> Contact:
    """An earlier contact, three weeks ago, on which somebody described this child."""
    known = {"name": "Zoya Hartwell", "born_on": date(2019, 3, 3), "address": "4 Mill Lane, NF1 2AB"}
    known |= {"postcode": "NF1 2AB", "school": "Millbrook Primary"}
    child = PersonDescribed(kind="child", **{**known, **given})
    told = account(cast, parts=(PartTold(role, child),), raiser=Raiser("neighbour"))
    return raise_concern(account=told, by=by, now=timezone.now() - timedelta(weeks=3)).contact


def elsewhere(cast: Cast, by: Person | None) -> Contact:
    """The same, at the front door of another locality."""
    child = PersonDescribed(
        kind="child",
        name="Zoya Hartwell",
        born_on=date(2019, 3, 3),
        address="4 Mill Lane, NF1 2AB",
        postcode="NF1 2AB",
    )
    told = account(
        cast, parts=(PartTold("subject", child),), raiser=Raiser("neighbour"), locality_id=cast.elsewhere.pk
    )
    return raise_concern(account=told, by=by, now=timezone.now() - timedelta(weeks=3)).contact


def search(writer: Writer, page: str = "child-1", **typed: Any) -> Response:
    return writer.client.post(f"{writer.base}known/{page}/", typed or ZOYA)


@pytest.fixture
def screener(cast: Cast) -> Writer:
    writer = as_person(cast, cast.screener)
    writer.begin()
    return writer


def looks(contact: Contact, by: Person, verb: str = "see_known_while_typing") -> list[str]:
    found = Event.objects.filter(verb=verb, subject_id=str(contact.pk), by_id=by.pk)
    return list(found.values_list("ground", flat=True))


def test_whoever_told_it_is_shown_it_and_the_look_is_written_down(teacher: Writer, cast: Cast) -> None:
    earlier = told_of_zoya(cast, cast.teacher)
    teacher.begin()
    text = text_of(search(teacher))
    assert "You may have told us about this child before" in text
    assert earlier.reference in text and "born 3 March 2019" in text
    assert "Very likely the same" in text
    assert "The same date of birth" in text
    assert looks(earlier, cast.teacher) == ["raised it"]
    search(teacher)
    assert len(looks(earlier, cast.teacher)) == 1, "going on typing is the same look"


def test_a_lead_is_shown_what_the_agency_told_and_a_colleague_is_not(teacher: Writer, cast: Cast) -> None:
    earlier = told_of_zoya(cast, cast.teacher)
    lead = as_person(cast, cast.safeguarding_lead)
    lead.begin()
    assert earlier.reference in text_of(search(lead))
    assert looks(earlier, cast.safeguarding_lead) == ["leads safeguarding in the agency that raised it"]
    boarding = as_person(cast, cast.boarding_lead)
    boarding.begin()
    assert search(boarding).status_code == 204


def answer_and_reads(writer: Writer) -> tuple[int, bytes, list[str]]:
    """What comes back, and every question to the database it took, without its numbers."""
    with CaptureQueriesContext(connection) as captured:
        response = search(writer)
    asked = [
        re.sub(r"'[^']*'|\"s\d+_x\d+\"|\b\d+\b|\$\w+|\(\)", "", query["sql"])
        for query in captured.captured_queries
    ]
    return response.status_code, response.content, [sql for sql in asked if "shared_cache" not in sql]


def test_nobody_who_raises_learns_what_other_agencies_told(teacher: Writer, cast: Cast) -> None:
    """The same answer, from the same reads, whether or not the child is known to five others."""
    teacher.begin()
    told_of_zoya(
        cast, cast.teacher, name="Omar Quist", born_on=date(2012, 1, 9), address="9 Low Street, NF7 7ZZ"
    )
    search(teacher)  # the first one begins the count of searches
    before = answer_and_reads(teacher)
    for by in (cast.gp, cast.police_officer, cast.boarding_lead, cast.screener, None):
        told_of_zoya(cast, by)
    elsewhere(cast, cast.housing_officer)
    after = answer_and_reads(teacher)
    assert before[:2] == after[:2] == (204, b"")
    assert before[2] == after[2]
    assert not any("matchkey" in sql for sql in after[2]), "the whole index is not even asked"
    assert not Event.objects.filter(
        verb__in=["see_known_while_typing", "see_somebody_must_be_asked"]
    ).exists()


def test_how_sure_it_is_does_not_depend_on_what_others_told(teacher: Writer, cast: Cast) -> None:
    told_of_zoya(cast, cast.teacher)
    teacher.begin()
    before = search(teacher).content
    for by in (cast.gp, cast.police_officer):
        told_of_zoya(cast, by, other_names="Zo")
    assert search(teacher).content == before


def test_what_was_learned_later_of_their_own_record_is_not_told_to_whoever_raised_it(
    teacher: Writer, cast: Cast
) -> None:
    earlier = told_of_zoya(cast, cast.teacher, born_on=None, address="", postcode="")
    teacher.begin()
    alias = {**ZOYA, "name": "Selma Brandt"}
    before = search(teacher, **alias)
    described = earlier.parts.get().description
    say_more(
        description=described,
        more=MoreTold(names=(NameTold(given="Selma Brandt"),)),
        contact_id=earlier.pk,
        by=cast.screener,
        now=timezone.now(),
    )
    assert before.status_code == 204
    after = search(teacher, **alias)
    assert (after.status_code, after.content) == (before.status_code, before.content)


def test_where_an_answer_would_be_unsafe_nothing_is_shown(teacher: Writer, cast: Cast) -> None:
    earlier = stages.decided(cast)
    child = earlier.parts.get(role="subject").description
    teacher.begin()
    typed = {"name": child.name, "how_old": "about", "about_age": "8"}
    assert earlier.reference in text_of(search(teacher, **typed))
    answered(cast, earlier, text="", unsafe_because="Her partner reads her messages.")
    assert search(teacher, **typed).status_code == 204


def test_the_front_door_sees_what_it_has_a_ground_for(screener: Writer, cast: Cast) -> None:
    earlier = told_of_zoya(cast, cast.gp)
    text = text_of(search(screener))
    assert "This child may already be known" in text
    assert f"{earlier.reference}" in text and f"/screening/{earlier.pk}/" in search(screener).content.decode()
    assert "Fill in what I told then" not in text, "what somebody else told is not taken over as one’s own"
    assert looks(earlier, cast.screener) == ["screens concerns in this locality"]


def test_of_what_it_may_not_see_the_front_door_learns_only_whom_to_ask(screener: Writer, cast: Cast) -> None:
    hidden = elsewhere(cast, cast.gp)
    text = text_of(search(screener))
    assert "Ask the front door of Southmere." in text
    for secret in (hidden.reference, "Zoya", "3 March", "Mill Lane"):
        assert secret not in text
    assert looks(hidden, cast.screener) == []
    assert looks(hidden, cast.screener, "see_somebody_must_be_asked") == [
        "told only to ask the front door of Southmere"
    ]


def test_many_hidden_records_say_no_more_than_one(screener: Writer, cast: Cast) -> None:
    elsewhere(cast, cast.gp)
    one = search(screener).content
    elsewhere(cast, cast.police_officer)
    elsewhere(cast, None)
    assert search(screener).content == one


def test_hidden_records_do_not_show_in_how_sure_the_others_are(screener: Writer, cast: Cast) -> None:
    told_of_zoya(cast, cast.gp, born_on=None, about_age=7)
    before = text_of(search(screener))
    elsewhere(cast, cast.police_officer)
    after = text_of(search(screener))
    assert re.sub(r"Ask the front door of Southmere\. .*? recorded there\. ", "", after) == before


def test_somebody_signed_out_is_never_looked_for(neighbour: Writer, cast: Cast) -> None:
    told_of_zoya(cast, None)
    neighbour.begin()
    with CaptureQueriesContext(connection) as captured:
        known = search(neighbour)
        stranger = search(neighbour, name="Nobody Anywhere")
    assert known.status_code == stranger.status_code == 401
    assert "Zoya" not in text_of(stranger)
    assert not any("families_" in query["sql"] for query in captured.captured_queries)
    neighbour.post("child/1/", **ZOYA)
    page = neighbour.get("child/1/").content.decode()
    assert "om-known" not in page
    assert not any("families_" in query["sql"] for query in captured.captured_queries)


def test_a_brother_is_said_to_be_one_and_cannot_be_taken_over(teacher: Writer, cast: Cast) -> None:
    told_of_zoya(cast, cast.teacher)
    teacher.begin()
    brother = {**ZOYA, "name": "Ibrahim Hartwell", "born_on_year": "2016", "sex": "male"}
    text = text_of(search(teacher, **brother))
    assert "Perhaps a brother, sister or twin" in text
    assert "Fill in" not in text


def test_what_was_told_then_is_filled_in_and_what_is_typed_stays(teacher: Writer, cast: Cast) -> None:
    earlier = told_of_zoya(cast, cast.teacher)
    teacher.begin()
    typed = {**ZOYA, "name": "Zoya Hartwell-Khan"}
    use = re.search(r'name="_use" value="([^"]+)"', search(teacher, **typed).content.decode())
    assert use is not None
    response = teacher.client.post(f"{teacher.base}known/child-1/use/", {**typed, "_use": use[1]})
    assert response["Location"] == f"{teacher.base}child/1/"
    pages = Draft.objects.get(pk=teacher.base.split("/")[2]).pages
    assert pages["child-1"]["name"] == ["Zoya Hartwell-Khan"]
    assert pages["child-1"]["school"] == ["Millbrook Primary"]
    assert pages["told-before"]["contact"] == [str(earlier.pk)]
    teacher.post("happening/", account="x")
    teacher.send()
    assert Contact.objects.latest("received_at").same_child_as_id == earlier.pk


def test_nobody_takes_over_what_another_told(teacher: Writer, cast: Cast) -> None:
    earlier = told_of_zoya(cast, cast.gp)
    teacher.begin()
    chosen = f"{earlier.pk}:{earlier.parts.get().pk}"
    assert teacher.client.post(f"{teacher.base}known/child-1/use/", {"_use": chosen}).status_code == 403
    for nothing in ("", "rubbish", f"{cast.here.pk}:1"):
        assert teacher.client.post(f"{teacher.base}known/child-1/use/", {"_use": nothing}).status_code == 404


@pytest.mark.parametrize(
    "typed",
    [
        {"name": "Zoya"},
        {"name": "Z", "born_on_day": "3", "born_on_month": "3", "born_on_year": "2019"},
        {"address": "4 Mill Lane, NF1 2AB"},
        {},
    ],
)
def test_too_little_is_not_searched_for(screener: Writer, cast: Cast, typed: dict[str, str]) -> None:
    told_of_zoya(cast, cast.gp)
    assert search(screener, **{"name": "", **typed}).status_code == 204
    assert not Event.objects.filter(verb="see_known_while_typing").exists()


def test_without_a_script_it_is_said_on_the_next_page_and_shown_on_coming_back(
    teacher: Writer, cast: Cast
) -> None:
    earlier = told_of_zoya(cast, cast.teacher)
    teacher.begin()
    following = teacher.client.get(teacher.post("child/1/", **ZOYA)["Location"])
    assert "Zoya Hartwell: You may have told us about this child before. Look at it" in text_of(following)
    assert earlier.reference in text_of(teacher.get("child/1/"))
    following = teacher.client.get(teacher.post("child/1/", **ZOYA, _looked="yes")["Location"])
    assert "You may have told us" not in text_of(following), "the script has shown it already"


def test_an_adult_told_about_before_is_found(screener: Writer, cast: Cast) -> None:
    man = PersonDescribed(kind="adult", name="Barnaby Quillfeather", born_on=date(1985, 5, 6))
    told = account(cast, parts=(PartTold("subject", PersonDescribed("child")), PartTold("partner", man)))
    earlier = raise_concern(account=told, by=cast.gp, now=timezone.now() - timedelta(days=2)).contact
    typed = {"role": "other", "name": "Quillfeather, Barnaby", "how_old": "born"}
    born = {"born_on_day": "6", "born_on_month": "5", "born_on_year": "1985"}
    screener.post("child/1/", name="")
    text = text_of(search(screener, "person-1", **typed, **born))
    assert "This person may already be known" in text and earlier.reference in text


def test_searches_are_counted_and_stop(screener: Writer, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    told_of_zoya(cast, cast.gp)
    monkeypatch.setattr(searching, "LIMITS", ((300, 2), (86_400, 100)))
    monkeypatch.setattr(
        timezone, "now", lambda: datetime(2026, 11, 25, 10, 0, tzinfo=timezone.get_current_timezone())
    )
    assert "may already be known" in text_of(search(screener))
    assert "may already be known" in text_of(search(screener))
    stopped = text_of(search(screener))
    assert "The search has stopped for some minutes" in stopped
    assert "Zoya" not in stopped
    assert "The search has stopped" in text_of(opened_with_zoya(screener)), "opening the page counts too"


def opened_with_zoya(writer: Writer) -> Response:
    writer.post("child/1/", **ZOYA, _looked="yes")
    return writer.get("child/1/")


def test_the_panel_follows_the_typing(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn, check_page: CheckPage
) -> None:
    earlier = told_of_zoya(cast, cast.teacher)
    sign_in(cast.teacher)
    page.goto(f"{live_server.url}/concerns/")
    choose(page, "in_danger", "no")
    go_on(page, "Continue")
    page.get_by_role("link", name="The child").click()
    panel = page.locator("#known-panel")
    expect(panel).to_be_empty()
    page.get_by_label("What is the child’s name?").fill("Zoya Hartwel")
    choose(page, "how_old", "born")
    for part, value in {"day": "3", "month": "3", "year": "2019"}.items():
        page.locator(f'input[name="born_on_{part}"]').fill(value)
    expect(panel).to_contain_text(earlier.reference)
    expect(page.locator("#known-status")).to_contain_text("1 record")
    page.get_by_text("More about this child, if you know it").click()
    page.get_by_label("NHS number").fill("943 476 5918")
    expect(page.get_by_text("You can leave it as it is; it is kept, but not used")).to_be_visible()
    check_page(page, "raise-child-known")
    page.get_by_label("What is the child’s name?").press("Enter")
    expect(page.get_by_role("heading", level=1, name="Other people")).to_be_visible()
    expect(page.get_by_text("You may have told us")).to_have_count(0)
    page.go_back()
    page.get_by_role("button", name="Fill in what I told then").click()
    expect(page.get_by_text("Their details are filled in below.")).to_be_visible()
    expect(page.get_by_label("School, college or nursery", exact=True)).to_have_value("Millbrook Primary")
    expect(page.get_by_label("What is the child’s name?")).to_have_value("Zoya Hartwel")


def test_the_front_door_types_what_a_caller_says(
    page: Page, live_server: LiveServer, cast: Cast, sign_in: SignIn, check_page: CheckPage
) -> None:
    earlier = told_of_zoya(cast, cast.gp)
    elsewhere(cast, cast.police_officer)
    sign_in(cast.screener)
    page.goto(f"{live_server.url}/concerns/")
    choose(page, "in_danger", "no")
    go_on(page, "Continue")
    page.get_by_role("link", name="The child").click()
    page.get_by_label("What is the child’s name?").fill("Zoja Hartwell")
    page.get_by_label("Address", exact=True).fill("4 Mill Lane NF1 2AB")
    expect(page.locator("#known-panel")).to_contain_text(earlier.reference)
    expect(page.locator("#known-panel")).to_contain_text("Ask the front door of Southmere.")
    page.get_by_text("Why").first.click()
    check_page(page, "raise-child-known-front-door")


def on_the_roll(cast: Cast, tmp_path: Path) -> None:
    """Zoya stands on the roll of the school of the cast's safeguarding lead."""
    roll = tmp_path / "roll.csv"
    roll.write_text(
        "Forename,Surname,Date of birth,Address line 1,Postcode\nZoya,Hartwell,2019-03-03,4 Mill Lane,NF1 2AB\n"
    )
    until = timezone.localdate() + timedelta(days=30)
    said = HandedOver("school_roll", "To find children known.", "Children Act 2004, section 10", until)
    hand_over(file=roll, file_name="roll.csv", said=said, by=cast.safeguarding_lead, now=timezone.now())


def test_where_a_child_stands_on_a_register_is_told_to_the_front_door_there(
    screener: Writer, cast: Cast, tmp_path: Path
) -> None:
    on_the_roll(cast, tmp_path)
    text = text_of(search(screener))
    assert "On the roll of Millbrook Primary School, handed over on" in text
    assert "Very likely the same" in text
    assert Event.objects.filter(verb="see_standing", by_id=cast.screener.pk).count() == 1
    there = as_person(cast, cast.screener_elsewhere)
    there.begin()
    text = text_of(search(there))
    assert f"Ask the front door of {cast.here.name}" in text
    assert "Millbrook" not in text and "roll" not in text
    assert not Event.objects.filter(verb="see_standing", by_id=cast.screener_elsewhere.pk).exists()


def test_whoever_raises_a_concern_learns_nothing_of_registers(
    teacher: Writer, cast: Cast, tmp_path: Path
) -> None:
    on_the_roll(cast, tmp_path)
    lead = as_person(cast, cast.safeguarding_lead)
    for writer in (teacher, lead):
        writer.begin()
        assert search(writer).status_code == 204


def test_the_page_of_a_concern_says_where_a_child_stands(
    screener: Writer, cast: Cast, tmp_path: Path
) -> None:
    on_the_roll(cast, tmp_path)
    contact = told_of_zoya(cast, cast.teacher)
    text = text_of(screener.client.get(f"/screening/{contact.pk}/"))
    assert "In registers that agencies handed over" in text
    assert "On the roll of Millbrook Primary School, handed over on" in text
    assert Event.objects.filter(verb="see_standing", by_id=cast.screener.pk).count() == 1
