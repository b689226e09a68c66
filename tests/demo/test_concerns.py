"""What is on the record once the partnership has been loaded."""

import re
import unicodedata
from collections import Counter
from datetime import timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.db.models import F

from openmash.apps.audit.models import Event
from openmash.apps.concerns.models import (
    Answer,
    Contact,
    Decision,
    Disagreement,
    FollowUp,
    Information,
    Reply,
    SecondWord,
    SourceKind,
)
from openmash.apps.concerns.queries.already_known import already_known
from openmash.apps.concerns.states import ENDS, State
from openmash.apps.directory.models import AgencyKind, Person
from openmash.apps.families.models import Description, Link
from openmash.demo.world import World
from openmash.engines.clocks import LONDON
from tests.demo.words_kept_out import KEPT_OUT, NOT_FILLED_IN

pytestmark = pytest.mark.django_db


def texts() -> list[str]:
    """Everything that was written for somebody to read."""
    written: list[str] = []
    for model, fields in (
        (Contact, ("account", "question", "where_now", "parents_know_why_not")),
        (Decision, ("rationale", "response_not_available", "not_seen_because", "discounted_because")),
        (Answer, ("text", "unsafe_because")),
        (Disagreement, ("reason",)),
        (Reply, ("reason",)),
        (SecondWord, ("reason",)),
        (Information, ("text",)),
        (Link, ("reason",)),
        (Person, ("persona_note", "job_title")),
    ):
        for row in model.objects.values_list(*fields):
            written += [text for text in row if text]
    return written


def test_every_state_appears(world: World) -> None:
    assert set(Contact.objects.values_list("state", flat=True)) == set(State)


def test_a_second_person_has_agreed_and_has_sent_back(world: World) -> None:
    assert {True, False} == set(SecondWord.objects.values_list("agrees", flat=True))


def test_every_kind_of_source_has_raised_a_concern(world: World) -> None:
    used = set(Contact.objects.filter(kind="concern").values_list("source", flat=True))
    assert used == {*AgencyKind.values, *SourceKind.values}


def test_every_end_has_an_answer_and_every_decision_its_reasons(world: World) -> None:
    assert not Contact.objects.filter(state__in=ENDS, answer__isnull=True).exists()
    assert not Decision.objects.filter(rationale="").exists()
    assert Decision.objects.filter(level_rank__lt=F("policy_rank")).exclude(why_not_policy="").exists()
    agreed = Contact.objects.filter(decision__needs_second=True, state__in=[State.DECIDED, State.ANSWERED])
    for contact in agreed.select_related("decision__second_word"):
        assert contact.decision is not None
        assert contact.decision.second_word.agrees
        assert contact.decision.second_word.by_id != contact.decision.by_id


@pytest.mark.parametrize("code", ["aldermarsh", "brackmere"])
def test_a_front_door_has_something_of_every_kind_open_today(world: World, code: str) -> None:
    here = Contact.objects.filter(locality__code=code)
    waiting = here.exclude(state__in=ENDS)
    states = set(waiting.values_list("state", flat=True))
    assert states >= {
        State.RECEIVED,
        State.SCREENING,
        State.SECOND_PERSON,
        State.DECIDED,
        State.DISAGREED,
        State.ASKED,
    }
    assert waiting.filter(kind="concern", due_at__lt=world.now - timedelta(hours=4)).exists()
    assert waiting.filter(kind="advice", due_at__lt=world.now).exists()
    due = [contact.due_at.astimezone(LONDON) for contact in waiting.filter(due_at__gte=world.now)]
    assert any(moment.date() == world.now.date() for moment in due)
    received = waiting.filter(state=State.RECEIVED, received_at__gte=world.now - timedelta(hours=1))
    assert any(contact.findings.get().level == "I" for contact in received)
    assert here.filter(state__in=[State.ANSWERED, State.ADVISED], answer__acknowledged__isnull=True).exists()


def test_each_vignette_was_found_as_the_policy_says(world: World) -> None:
    examples = {example.id: example for example in world.policy.examples}
    assert len(world.vignettes) == 12
    states: Counter[str] = Counter()
    for name, contact_id in world.vignettes.items():
        contact = Contact.objects.get(pk=contact_id)
        states[contact.state] += 1
        if name != "v07_third_call":
            assert contact.findings.order_by("id")[0].level == examples[name].level, name
        assert contact.locality.code == "aldermarsh"
    assert len(states) >= 5


def test_the_third_call_waits_for_somebody_to_link_it(world: World) -> None:
    contact = Contact.objects.get(pk=world.vignettes["v07_third_call"])
    assert contact.findings.get().level == "3"
    screener = world.county.holding("screening_practitioner", "aldermarsh")[0]
    offered = {
        other.pk
        for possible in already_known(contact, by=screener, now=world.now).possible
        for other in possible.contacts
    }
    theirs = {pk for pk, key in world.children.items() if key.startswith("v07_third_call/")}
    earlier = set(Description.objects.filter(pk__in=theirs).values_list("contact_id", flat=True)) - {
        contact.pk
    }
    assert len(earlier) == 2
    assert earlier <= offered


def test_families_come_up_again_from_several_agencies_under_several_spellings(world: World) -> None:
    agencies: dict[UUID, set[str]] = {}
    names: dict[UUID, set[str]] = {}
    sources = dict(Contact.objects.values_list("pk", "source"))
    for link in Link.objects.select_related("description"):
        agencies.setdefault(link.known_person_id, set()).add(sources[link.description.contact_id])
        names.setdefault(link.known_person_id, set()).add(link.description.name)
    assert max(len(kinds) for kinds in agencies.values()) >= 3
    assert any(len(spellings) > 1 for spellings in names.values())
    assert (
        Description.objects.filter(kind="unborn").exists()
        or Description.objects.filter(born_on__isnull=True).exists()
    )


def test_no_link_is_wrong(world: World) -> None:
    children: dict[UUID, set[str]] = {}
    for link in Link.objects.all():
        children.setdefault(link.known_person_id, set()).add(world.children[link.description_id])
    assert all(len(keys) == 1 for keys in children.values())


def test_everything_happened_in_its_order_and_nothing_after_now(world: World) -> None:
    moments = list(Event.objects.order_by("id").values_list("at", flat=True))[:-1]
    assert moments == sorted(moments)
    assert moments[-1] <= world.now
    first = dict(Event.objects.filter(subject_kind="contact").order_by("-id").values_list("subject_id", "at"))
    for pk, received in Contact.objects.values_list("pk", "received_at"):
        assert first[str(pk)] == received
    assert Contact.objects.filter(received_at__lt=world.now - timedelta(days=400)).exists()


def test_accounts_are_told_in_different_words(world: World) -> None:
    accounts = list(Contact.objects.filter(kind="concern").values_list("account", flat=True))
    assert len(set(accounts)) == len(accounts)
    sentences = Counter(
        sentence for account in accounts for sentence in set(re.split(r"(?<=[.!?”])\s+", account))
    )
    assert max(times for sentence, times in sentences.items() if len(sentence) > 25) <= 6


def test_every_text_is_filled_in_and_none_has_the_words_kept_out(world: World) -> None:
    for text in texts():
        assert not NOT_FILLED_IN.search(text), text
        assert not KEPT_OUT.search(text), text


def test_names_are_written_in_other_scripts_and_with_accents(world: World) -> None:
    names = " ".join(
        f"{name} {other}" for name, other in Description.objects.values_list("name", "other_names")
    )
    scripts = {unicodedata.name(letter).split()[0] for letter in names if letter.isalpha()}
    assert scripts - {"LATIN"}
    assert any("WITH" in unicodedata.name(letter) for letter in names if letter.isalpha())


def test_follow_ups_are_partly_done(world: World) -> None:
    assert FollowUp.objects.filter(done__isnull=False).exists()
    assert FollowUp.objects.filter(done__isnull=True).exists()


def test_nobody_is_written_to_about_the_past(world: World) -> None:
    assert connection.run_on_commit == []  # letters wait there until everything is kept
    assert mail.outbox == []


def test_a_second_run_adds_nothing(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    before = (Person.objects.count(), Contact.objects.count(), Event.objects.count())
    call_command("load_demo")
    assert "nothing was added" in capsys.readouterr().out
    assert (Person.objects.count(), Contact.objects.count(), Event.objects.count()) == before
