"""Comparing, replaying and sweeping: who may, what is shown, and what is said when there is nothing to show."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from openmash.apps.audit.models import Event
from openmash.apps.policy.actions import adopt
from openmash.apps.policy.actions.drafting import revise_draft
from openmash.engines.thresholds.text.editing import as_new_version, with_row
from tests.cast import LONDON, Cast, policy_texts
from tests.web.trying.stages import HOUR, THREE, SignedIn, changed, decided, lower_bar, some_history
from tests.web.trying.test_case import text_of

OF_A_DRAFT = ("compare", "replay", "sweep", "all_numbers")
LEAD = ("manager", "head", "partner", "policy_lead")
OTHERS = ("teacher", "safeguarding_lead", "screener", "adviser")


@pytest.mark.parametrize("name", OF_A_DRAFT)
def test_drafts_are_for_those_who_lead_and_every_refusal_is_recorded(
    cast: Cast, as_person: SignedIn, name: str
) -> None:
    address = reverse(f"trying:{name}", args=[lower_bar(cast).pk])
    for who in LEAD:
        assert as_person(cast.people[who]).get(address).status_code == 200
    for who in OTHERS:
        assert as_person(cast.people[who]).get(address).status_code == 403
        assert Event.objects.filter(by_id=cast.people[who].pk, outcome="refused").exists()
    assert as_person(cast.partner).get(reverse(f"trying:{name}", args=[9999])).status_code == 404


def test_the_start_offers_what_each_may_do(cast: Cast, as_person: SignedIn) -> None:
    lower_bar(cast)
    start = reverse("trying:start")
    assert "Draft 2027-01" in text_of(as_person(cast.manager).get(start))
    for_others = text_of(as_person(cast.teacher).get(start))
    assert "Try a case" in for_others and "Draft" not in for_others and "Compare" not in for_others


# --- comparing ---


def test_a_draft_beside_the_version_in_force(cast: Cast, as_person: SignedIn) -> None:
    draft = lower_bar(cast)
    shown = text_of(as_person(cast.policy_lead).get(reverse("trying:compare", args=[draft.pk])))
    assert "Proved: never less for any possible case, and more for some." in shown
    assert "level 2 (Early help) → level 3 (Family Help)" in shown
    assert "A child with one level 2 sign" in shown
    assert "level: it said 2 → it says 3" in shown
    assert "Why: Tried out." in shown
    assert shown.count("Proved: every possible case is answered the same.") == 2


def test_two_adopted_versions(cast: Cast, as_person: SignedIn) -> None:
    client, address = as_person(cast.head), reverse("trying:compare_versions")
    assert "Fewer than two versions" in text_of(client.get(address))
    texts = as_new_version(policy_texts(), "2026-12")
    later = adopt(
        texts=texts,
        in_force_from=timezone.now().astimezone(LONDON) - timedelta(days=1),
        decision="Agreed for the tests.",
        by=None,
        now=timezone.now(),
    )
    shown = text_of(client.get(address, {"before": cast.policy.pk, "after": later.pk}))
    assert shown.count("Proved: every possible case is answered the same.") == 3
    for wrong in ({"before": later.pk, "after": later.pk}, {"before": "x", "after": "9999"}, {"before": ""}):
        response = client.get(address, wrong)
        assert response.status_code == 200 and "There is a problem" in text_of(response)
    assert as_person(cast.teacher).get(address).status_code == 403


# --- replaying ---


def test_without_history_it_says_so(cast: Cast, as_person: SignedIn) -> None:
    draft = lower_bar(cast)
    for name in ("replay", "all_numbers"):
        shown = text_of(as_person(cast.policy_lead).get(reverse(f"trying:{name}", args=[draft.pk])))
        assert "Not enough decisions yet" in shown


def test_with_few_decisions_no_number_is_shown(cast: Cast, as_person: SignedIn) -> None:
    draft = lower_bar(cast)
    decided(cast, "A13", when=timezone.now() - 5 * HOUR)
    page = text_of(as_person(cast.policy_lead).get(reverse("trying:replay", args=[draft.pk])))
    assert "Fewer than 5 decisions" in page and "That is too few" in page
    assert "How cases would move" not in page


def test_nobody_chooses_the_period_and_so_subtracts_one_from_another(cast: Cast, as_person: SignedIn) -> None:
    some_history(cast)
    address = reverse("trying:replay", args=[lower_bar(cast).pk])
    client = as_person(cast.policy_lead)
    pages = [text_of(client.get(address, {"per": per})) for per in ("", "1", "4", "13")]
    assert pages == [pages[0]] * 4


def test_a_draft_over_past_decisions(cast: Cast, as_person: SignedIn) -> None:
    some_history(cast)
    draft = lower_bar(cast)
    client = as_person(cast.policy_lead)
    response = client.get(reverse("trying:replay", args=[draft.pk]))
    page = text_of(response)
    assert "14 decisions" in page
    assert "This is history and not a forecast" in page and "lack of staff is no reason for a level" in page
    assert "The version in force says 0 (0.0) 7 (1.0) 7 (1.0) 0 (0.0) 0 (0.0)" in page
    assert "The draft would say 0 (0.0) 0 (0.0) 14 (2.0) 0 (0.0) 0 (0.0)" in page
    assert "7 would stay at the level" in page
    for title in ("What people decided", "By agency", "By age", "By sex", "By sign", "By rule"):
        assert title in page
    assert Event.objects.filter(verb="see_history", by_id=cast.policy_lead.pk).get().detail == {"cases": 14}
    charts = re.findall(r'<svg[^>]*role="img"[^>]*aria-labelledby="(\S+) (\S+)"', response.content.decode())
    assert len(charts) == 5
    assert all(f'id="{one}"' in response.content.decode() for pair in charts for one in pair)


def test_a_case_that_alone_would_move_is_not_shown(cast: Cast, as_person: SignedIn) -> None:
    """Only the one with two serious signs far apart would move, and no number on the page tells of one case."""
    some_history(cast)
    decided(cast, "B10", "B01", when=timezone.now() - 9 * HOUR, as_=THREE)
    draft = changed(cast, [("C3", "level", "4"), ("C3", "consider", ""), ("C3", "when",
                    "2 or more level 3 signs at least suspected across 2 or more domains")])  # fmt: skip
    page = text_of(as_person(cast.policy_lead).get(reverse("trying:replay", args=[draft.pk])))
    assert "15 decisions" in page
    assert "would stay at the level" not in page
    assert "fewer than 5" in page
    levels = page[page.index("The draft would say") : page.index("How cases would move")]
    assert not re.search(r"\b(1|14)\b", levels.partition("People decided")[0])


def test_what_was_never_asked_is_said(cast: Cast, as_person: SignedIn) -> None:
    some_history(cast)
    draft = lower_bar(cast)
    added = with_row(
        draft.revisions.get(number=2).texts,
        "facts.csv",
        None,
        {
            "fact": "new_question",
            "question": "Is this asked only from now on?",
            "about": "child",
            "asked_of": "anyone",
            "gate": "services",
            "ask": "Anybody",
        },
    )
    from_now_on = with_row(
        added,
        "rules.csv",
        None,
        {
            "rule": "C99",
            "gate": "services",
            "name": "New",
            "when": "fact new_question",
            "level": "4",
            "because": "New.",
        },
    )
    revise(cast, draft.pk, from_now_on)
    page = text_of(as_person(cast.policy_lead).get(reverse("trying:replay", args=[draft.pk])))
    assert "this counts as not known: Is this asked only from now on?" in page


def revise(cast: Cast, draft: int, texts: dict[str, str]) -> None:
    revise_draft(draft_id=draft, texts=texts, reason="More.", seen=2, by=cast.policy_lead, now=timezone.now())


# --- sweeping ---


def test_one_number_over_a_range(cast: Cast, as_person: SignedIn) -> None:
    some_history(cast)
    draft = lower_bar(cast)
    client, address = as_person(cast.partner), reverse("trying:sweep", args=[draft.pk])
    assert "There is a problem" not in text_of(client.get(address))
    found = client.get(address, {"knob": "C2b.0.least", "lowest": "1", "highest": "3"})
    page = text_of(found)
    assert "Rule C2b: how many level 3 signs: 1" in page
    assert "About 15 decisions" in page
    assert "1 (in the draft)" in page
    assert "ty-chart__marked" in found.content.decode()
    evidence = text_of(client.get(address, {"knob": "C2b.0.evidence"}))
    assert "Suspected (in the draft)" in evidence and "Confirmed" in evidence
    months = text_of(client.get(address, {"knob": "C6a.0.months", "lowest": "1", "highest": "1800"}))
    assert "12 (in the draft)" in months


@pytest.mark.parametrize(
    "asked",
    [
        {"knob": ""},
        {"knob": "C99.0.least"},
        {"knob": "C3.0.least", "lowest": "two"},
        {"knob": "C3.0.least", "highest": "²"},
        {"knob": "C3.0.least", "highest": "99999999999999999999"},
        {"knob": "C3.0.least", "lowest": "9", "highest": "2"},
    ],
)
def test_a_sweep_that_cannot_be_says_why(cast: Cast, as_person: SignedIn, asked: dict[str, str]) -> None:
    some_history(cast)
    address = reverse("trying:sweep", args=[lower_bar(cast).pk])
    response = as_person(cast.policy_lead).get(address, asked)
    assert response.status_code == 200
    assert "There is a problem" in text_of(response)


def test_where_a_number_cannot_stand_is_said(cast: Cast, as_person: SignedIn) -> None:
    some_history(cast)
    address = reverse("trying:sweep", args=[lower_bar(cast).pk])
    page = text_of(as_person(cast.policy_lead).get(address, {"knob": "C3.0.domains", "lowest": "0"}))
    assert "Left out, because the draft would not hold together there" in page


def test_every_number_one_step_either_way(cast: Cast, as_person: SignedIn) -> None:
    some_history(cast)
    address = reverse("trying:all_numbers", args=[lower_bar(cast).pk])
    page = text_of(as_person(cast.policy_lead).get(address))
    assert "How many level 3 signs" in page
    assert "Level 3: Family Help: about 5 less" in page
    assert "No past case would move." in page
