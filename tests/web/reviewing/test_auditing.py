"""A blind audit by its pages, from drawing to what was said; and what an auditor must not see on any of them."""

import re
from html import unescape

import pytest
from django.test import Client

from openmash.apps.case_audit.models import Discussed, Sample, Verdict
from openmash.apps.directory.models import Person
from tests.apps.case_audit.samples import answered_in_october, drawn
from tests.cast import Cast
from tests.web.hearing_back.pages import PERSONAS


@pytest.fixture
def sample(cast: Cast) -> Sample:
    for each in range(6):
        answered_in_october(cast, days=each)
    return drawn(cast)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=PERSONAS)
    return client


def test_a_manager_draws_two_agencies_judge_and_the_outcome_is_opened(cast: Cast, sample: Sample) -> None:
    manager = signed_in(cast.manager)
    days = {
        "since_day": "1",
        "since_month": "10",
        "since_year": "2026",
        "until_day": "31",
        "until_month": "10",
        "until_year": "2026",
    }
    asked = {"title": "Again", "by_group": "none", "size": "6", "seed": "", **days}
    lacking = manager.post("/review/audit/draw/", {**asked, "size": "four", "auditors": "x@example.org"})
    assert "Write a whole number." in unescape(lacking.content.decode())
    both = f"{cast.health_visitor.email}\n{cast.police_officer.email}"
    made = manager.post("/review/audit/draw/", {**asked, "auditors": both})
    assert made.status_code == 302, re.findall(r"error-message.*", made.content.decode())
    page = made["Location"]
    for person in (cast.health_visitor, cast.police_officer):
        auditor, place = signed_in(person), f"{page}judge/"
        while (place := auditor.get(f"{page}judge/")["Location"]) != "/review/audit/":
            seen = unescape(auditor.get(place).content.decode())
            for hidden in ("SECRET-ANSWER", "The reasons in full.", cast.screener.name, cast.teacher.name):
                assert hidden not in seen.partition("<main")[2]
            assert auditor.post(place, {"level": "2", "reasons": "As I read it."}).status_code == 302
        assert auditor.get(page).status_code == 403
    assert Verdict.objects.count() == 12
    assert "12 of 12 judgements are in" in manager.get(page).content.decode()
    assert manager.post(page, {"why_early": ""}).status_code == 302
    wrong = unescape(manager.post(page, {"number": "77", "text": "We agreed."}).content.decode())
    assert "Write the number of a concern on this page." in wrong and "We agreed.</textarea>" in wrong
    assert manager.post(page, {"number": "2", "text": "We agreed."}).status_code == 302
    seen = unescape(manager.get(page).content.decode())
    assert "12 of 12: 100%" in seen
    assert "The reasons in full." in seen
    assert cast.screener.name not in seen
    assert Discussed.objects.get().text == "We agreed."


def test_nobody_else_reads_a_sampled_concern(cast: Cast, sample: Sample) -> None:
    for person in (cast.teacher, cast.manager, cast.gp, cast.policy_lead):
        client = signed_in(person)
        assert client.get(f"/review/audit/{sample.pk}/judge/").status_code == 404
        assert client.get(f"/review/audit/{sample.pk}/judge/1/").status_code == 403
    assert signed_in(cast.gp).get(f"/review/audit/{sample.pk}/").status_code == 403
    assert signed_in(cast.gp).get("/review/audit/draw/").status_code == 403
    assert sample.title not in signed_in(cast.gp).get("/review/audit/").content.decode()
