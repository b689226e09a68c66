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
    assert "Level: it said 2 → it says 3" in shown
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
    assert "Fewer than 6 decisions" in page and "That is too few" in page
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
    assert "About 15 decisions" in page
    assert "This is history and not a forecast" in page and "lack of staff is no reason for a level" in page
    assert "The version in force says 0 (0.0) 5 (0.7) 5 (0.7) 0 (0.0) 0 (0.0)" in page
    assert "The draft would say 0 (0.0) 0 (0.0) 15 (2.1) 0 (0.0) 0 (0.0)" in page
    assert "5 would stay at the level" in page
    for title in ("What people decided", "By agency", "By age", "By sex", "By sign", "By rule"):
        assert title in page
    looks = Event.objects.filter(verb="see_history", by_id=cast.policy_lead.pk).order_by("pk")
    assert [each.detail["cases"] for each in looks] == [14, 14], "the cases, and what came after them"
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
    assert "About 15 decisions" in page
    assert "would stay at the level" not in page
    assert "fewer than 6" in page
    levels = page[page.index("The draft would say") : page.index("How cases would move")]
    assert not re.search(r"\b(1|14)\b", levels.partition("People decided")[0])


def counts_on(page: str) -> list[int]:
    """Every whole number in a cell of a table."""
    cells = re.findall(r"<td[^>]*>(.*?)</td>", page, flags=re.DOTALL)
    return [
        int(number.replace(",", ""))
        for cell in cells
        for number in re.findall(r"(?<![\d.])\d[\d,]*(?![\d.])", re.sub(r"\(.*?\)|than 6", "", cell))
    ]


def test_two_drafts_tried_in_turn_cannot_be_taken_from_one_another(cast: Cast, as_person: SignedIn) -> None:
    """Of the one that moves a single case more, every count is rounded as in the other."""
    some_history(cast)
    client = as_person(cast.policy_lead)
    for number in range(2):
        decided(cast, "B10", "B01", when=timezone.now() - (9 + number) * HOUR, as_=THREE)
    for number, least in enumerate(("2", "1")):
        row = [("C3", "when", f"{least} or more level 3 signs at least suspected across 1 or more domains")]
        draft = changed(
            cast, [("C3", "level", "4"), ("C3", "consider", ""), *row], version=f"2027-0{number + 1}"
        )
        page = client.get(reverse("trying:replay", args=[draft.pk])).content.decode()
        found = counts_on(page)
        assert len(found) > 50
        assert {count % 5 for count in found} == {0}
        assert "Counts are rounded to the nearest 5" in page


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


def test_two_numbers_at_once_as_a_table_of_every_pair(cast: Cast, as_person: SignedIn) -> None:
    some_history(cast)
    draft = changed(cast, [("C4a", "when", "2 or more level 2 signs at least suspected")])
    client, address = as_person(cast.partner), reverse("trying:sweep", args=[draft.pk])
    asked = {"knob": "C4a.0.least", "lowest": "1", "highest": "3", "knob2": "C2b.0.least",
             "lowest2": "1", "highest2": "2"}  # fmt: skip
    response = client.get(address, asked)
    page = text_of(response)
    assert "Down the side: Rule C4a: how many level 2 signs: 2" in page
    assert "Across the top: Rule C2b: how many level 3 signs: 1" in page
    found = response.context["surface"]
    assert [words for words, _ in found.columns] == ["1", "2"]
    by_title = {table.title: table for table in found.tables}
    three = by_title["Level 3: Family Help"]
    assert [row.value for row in three.rows] == ["1", "2", "3"]
    # Seven cases with one level 2 sign, and seven with one level 3 sign, in seven weeks.
    assert [[cell.words for cell in row.cells] for row in three.rows] == [
        ["2.14", "0.71"],
        ["0.71", "0"],
        ["0.71", "0"],
    ]
    assert [[cell.shade for cell in row.cells] for row in three.rows] == [[4, 2], [2, 0], [2, 0]]
    assert [[cell.is_now for cell in row.cells] for row in three.rows] == [
        [False, False],
        [True, False],
        [False, False],
    ]
    assert "as in the draft" in page and "The same for every pair" in page


def test_two_conditions_of_one_rule_and_two_numbers_of_one_condition(cast: Cast, as_person: SignedIn) -> None:
    some_history(cast)
    client, address = as_person(cast.partner), reverse("trying:sweep", args=[lower_bar(cast).pk])
    for one, other in (
        ("C6a.0.least", "C6a.0.months"),
        ("C6e.0.least", "C6e.1.months"),
        ("C6b.0.agencies", "C6b.0.months"),
    ):
        response = client.get(address, {"knob": one, "knob2": other})
        assert response.status_code == 200 and response.context["surface"].cases == "about 15"
    same = client.get(address, {"knob": "C6a.0.least", "knob2": "C6a.0.least"})
    assert "Choose another number as the second" in text_of(same)
    wrong = client.get(address, {"knob": "C6a.0.least", "knob2": "C6a.0.months", "lowest2": "x"})
    assert "There is a problem" in text_of(wrong)


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
