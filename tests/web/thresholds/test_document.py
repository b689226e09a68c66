"""The published threshold: whole, in plain words, for everybody, and every version of it."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from openmash.apps.policy.models import AdoptedPolicy
from openmash.apps.policy.queries import adopted
from openmash.engines.thresholds import Policy
from tests.cast import LONDON
from tests.web.thresholds.versions import a_version, read, spaced

CheckPage = Callable[[Page, str], None]


def test_nothing_of_the_policy_is_left_out(client: Client, in_force: AdoptedPolicy) -> None:
    page, policy = read(client), adopted(in_force.pk).policy
    missing = [text for text in everything_said(policy) if spaced(text) not in page]
    assert missing == []


def everything_said(policy: Policy) -> list[str]:
    said = [policy.title, policy.sign_off, policy.version, policy.digest, *policy.contacts.values()]
    for gate in policy.gates:
        said += [gate.name, gate.question, gate.when]
    for level in policy.levels_by_code.values():
        said += [level.name, level.summary, level.told]
    said += [f"Level {level.code}: {level.name}" for level in policy.levels]
    for sign in policy.signs:
        said += [
            sign.wording,
            *sign.note.split("; "),
            sign.meanwhile,
            sign.immediate_question,
            sign.subdomain,
            sign.dfe_factor.replace("_", " "),
            *sign.counted_examples,
        ]
    said += policy.set_notes.values()
    for rule in policy.rules:
        said += [rule.name, rule.because, rule.note]
    for route in policy.routes:
        said += [route.name, route.tell, route.note]
    for pathway in policy.pathways:
        said += [pathway.label, pathway.needs, pathway.what_happens_next]
    for duty in policy.duties:
        said += [duty.label, duty.text, duty.owner]
    for fact in policy.facts:
        said += [fact.question, fact.ask]
    for line in policy.advice:
        said += [part for part in line.text.replace("}", "{").split("{")[::2] if part]
    said += [grade.label for grade in policy.evidence]
    said += [example.story for example in policy.examples]
    said += [domain.label for domain in policy.domains]
    return said + [clock.source for clock in policy.clocks]


def test_no_code_of_the_rule_table_reaches_the_reader(client: Client, in_force: AdoptedPolicy) -> None:
    page = read(client)
    for code in ("care_or_safety", "plan_not_working", "domestic_abuse", "{due}", "{duty_phone}", "C1_"):
        assert code not in page


RULES_READ_ALOUD = [
    "When: A sign that always needs action at once, even if only “suspected”. "
    "Then: At least level I (Immediate). Time allowed: at once. Ring before writing.",
    "When: A sign that needs action at once unless its question is answered no, "
    "and the answer is yes or not known, even if only “suspected”.",
    "When: 3 or more signs of level 3, even if only “suspected”, in 2 or more parts of the child’s life. "
    "Then: At least level 3 (Family Help). A manager considers level 4 (Protection). "
    "Time allowed: the same day.",
    "When: 3 or more signs of level 2, even if only “suspected”, and each has gone on for 3 months or more.",
    "When: 6 or more entries in the records about neglect from 2 or more agencies within 12 months, "
    "this one included. And: The child is under 5 years, or may be.",
    "When: 3 or more contacts within 12 months, this one included, with no assessment made since.",
    "When: 3 or more contacts about domestic abuse from the police within 12 months, this one included.",
    "And: The answer to any question of the group “vulnerability” is yes.",
    "When: A sign of the group “care or safety”, even if only “suspected”. "
    "And: The answer to any question of the group “vulnerability” is yes or not known.",
    "When: 2 or more different examples of A12 “The child is not always watched over",
    "When: The other rules come to level 4 (Protection) or more. Then: Decide for every child.",
    "When: A sign about domestic abuse, known at least as “reported by someone”.",
    "When: The child is not yet born.",
    "When: A sign of level 4, known at least as “confirmed”.",
    "Then: At least “Section 47 enquiry”.",
    "When: The other rules come to “Section 47 enquiry” or more.",
    "A manager considers “Initial child protection conference”. A manager decides.",
]


def test_rules_read_as_sentences(client: Client, in_force: AdoptedPolicy) -> None:
    page = read(client)
    assert [sentence for sentence in RULES_READ_ALOUD if sentence not in page] == []


def test_each_threshold_has_its_question_its_answers_and_its_second_person(
    client: Client, in_force: AdoptedPolicy
) -> None:
    page = read(client)
    assert "1. Services What help or protection does this child need, and how soon?" in page
    assert "At the strategy discussion. The answers, the most serious first: Section 47 enquiry" in page
    assert (
        "Where this document says “Section 47 enquiry” or more, deciding lower takes a second person." in page
    )
    assert "Initial child protection conference: Is a conference needed to decide whether" in page


def test_routing_stands_apart_and_never_changes_a_level(client: Client, in_force: AdoptedPolicy) -> None:
    page = read(client)
    routing = page[page.index("This never changes a level or a time.") :]
    assert "Agreement refused W3 When: The answer to “Have the parents said no to sharing" in routing
    assert "At: Level 2: Early help, Level 3: Family Help. Then: Offer help again" in routing
    assert "Questions asked for this and for nothing else Have the parents said no" in routing
    assert page.count("Have the parents said no to sharing information or to help?") == 3  # W3, W4 and here


EVIDENCE_SAID = [
    "Said by the child (3)",
    "Seen by me (3)",
    "Suspicion is enough for every answer of this threshold that rests on a sign. The least that a rule asks "
    "for is suspected (1 of 4), the most reported by someone (2 of 4).",
    "Some answers of this threshold ask for more than suspicion. The least that a rule asks for is confirmed",
    "Level I: Immediate Suspected (1 of 4) C1a, C1b, C1c. With no sign at all: C1d",
    "A manager considers: Level 3: Family Help No sign is needed With no sign at all: C5a",
    "reported by someone (2 of 4), and suspected (1 of 4)",  # rule C13
    "Looks at no sign",
    "Initial child protection conference Confirmed (4 of 4) K2. With no sign at all: K1, K3, K5",
]


def test_how_much_evidence_is_asked_for_is_a_number(client: Client, in_force: AdoptedPolicy) -> None:
    page = read(client)
    assert [sentence for sentence in EVIDENCE_SAID if sentence not in page] == []


def test_what_is_not_settled_is_said(client: Client, in_force: AdoptedPolicy) -> None:
    page = read(client)
    assert "Status Draft" in page
    assert "Nobody yet. A draft for trying out, not agreed by any safeguarding partnership." in page
    assert "To be reviewed by 31 May 2027" in page
    assert "(to be confirmed against its current edition)" in page


def test_every_version_stays_readable(client: Client, in_force: AdoptedPolicy) -> None:
    before = a_version("2019-01", datetime(2019, 1, 1, tzinfo=LONDON))
    coming = a_version("2031-01", timezone.now() + timedelta(days=900))
    page = read(client)
    assert "version 2019-01: from 1 January 2019 until 1 June 2024" in page
    assert "Version 2026-11, in force since 1 June 2024" in page
    old = read(client, reverse("thresholds:version", args=[before.pk]))
    assert "This version no longer applies." in old
    assert "was in force from 1 January 2019 until 1 June 2024" in old
    assert "This version does not apply yet." in read(client, reverse("thresholds:version", args=[coming.pk]))
    assert client.get(reverse("thresholds:version", args=[0])).status_code == 404


def test_without_a_version_it_says_so(client: Client, db: None) -> None:
    for address in ("", "easy-read/", "changes/", "for/schools/", "document.pdf"):
        page = client.get(f"{reverse('thresholds:document')}{address}")
        assert page.status_code == 404
        assert "No threshold is in force yet" in page.content.decode()


def test_every_link_of_the_contents_leads_somewhere(client: Client, in_force: AdoptedPolicy) -> None:
    page = client.get(reverse("thresholds:document")).content.decode()
    wanted = {part.split('"')[0] for part in page.split('href="#')[1:]}
    ids = [part.split('"')[0] for part in page.split(' id="')[1:]]
    assert wanted <= set(ids)
    assert len(ids) == len(set(ids))


def test_it_looks_right(
    page: Page, live_server: LiveServer, check_page: CheckPage, in_force: AdoptedPolicy
) -> None:
    page.set_default_timeout(60_000)  # the picture of the whole document is very tall
    page.goto(f"{live_server.url}/thresholds/")
    check_page(page, "thresholds-document")
    page.get_by_role("link", name="Level 4: Protection").first.click()
    expect(page.get_by_role("heading", name="Level 4: Protection", exact=True).first).to_be_in_viewport()
