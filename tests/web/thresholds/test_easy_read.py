"""The easy-read page: from the same policy, in sentences that are short indeed."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from openmash.apps.policy.models import AdoptedPolicy
from openmash.apps.policy.queries import adopted
from openmash.engines.thresholds import Policy
from openmash.web.thresholds.presenters.easy_read import ICONS, easy_read_of
from openmash.web.thresholds.presenters.tables import rows_of
from tests.web.thresholds.versions import read

CheckPage = Callable[[Page, str], None]


def sentences(policy: Policy) -> list[str]:
    easy = easy_read_of(policy)
    lines = [f"{line.text}{line.phone}" for _, lines in (*easy.first, *easy.then) for line in lines]
    lines += [line for level in easy.levels for line in (*level.lines, f"We decide {level.clock}.")]
    lines += [line for gate in easy.later for line in gate.lines]
    return [sentence for line in lines for sentence in re.split(r"(?<=[.?!:]) ", line) if sentence]


def words(sentence: str) -> list[str]:
    return re.findall(r"[A-Za-z’]+|[0-9][0-9 ]*", sentence)


def syllables(word: str) -> int:
    """About how many: groups of vowels, without the silent e. Numbers count as one."""
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith("le") and groups > 1
    return max(1, groups - silent)


def grade(said: list[str]) -> float:
    """The Flesch-Kincaid grade: about how many years at school a reader needs."""
    every = [word for sentence in said for word in words(sentence)]
    return 0.39 * len(every) / len(said) + 11.8 * sum(map(syllables, every)) / len(every) - 15.59


def test_sentences_are_short_and_words_are_easy(in_force: AdoptedPolicy) -> None:
    said = sentences(adopted(in_force.pk).policy)
    lengths = [len(words(sentence)) for sentence in said]
    assert len(said) > 40
    assert max(lengths) <= 12
    assert sum(lengths) / len(lengths) <= 8
    assert grade(said) <= 4


def test_the_measure_tells_hard_from_easy(in_force: AdoptedPolicy) -> None:
    policy = adopted(in_force.pk).policy
    assert grade([level.summary for level in policy.levels]) > grade(sentences(policy)) + 3


def test_it_says_names_numbers_and_promises_of_the_policy(client: Client, in_force: AdoptedPolicy) -> None:
    page, policy = read(client, reverse("thresholds:easy_read")), adopted(in_force.pk).policy
    needed = [*policy.contacts.values(), *(f"Level {each.code}: {each.name}" for each in policy.levels)]
    needed += ["We decide within 1 working day.", "You get an answer the same day.", "We decide at once."]
    assert [text for text in needed if text not in page] == []


def test_every_text_put_into_easy_words_is_one_of_the_draft(in_force: AdoptedPolicy) -> None:
    policy = adopted(in_force.pk).policy
    said = {level.summary for level in policy.levels} | {gate.question for gate in policy.gates}
    assert {row["said"] for row in rows_of("easy_words")} <= said


def test_words_of_a_new_version_are_shown_until_they_are_put_into_easy_ones(in_force: AdoptedPolicy) -> None:
    policy = adopted(in_force.pk).policy
    gate = policy.gates[0]
    level = replace(gate.levels[0], summary="All is well here. Nobody worries.")
    changed = replace(policy, gates=(replace(gate, levels=(level, *gate.levels[1:])), *policy.gates[1:]))
    assert easy_read_of(changed).levels[0].lines == ("All is well here.", "Nobody worries.")


def test_hours_that_nobody_gave_are_left_out(in_force: AdoptedPolicy) -> None:
    policy = adopted(in_force.pk).policy
    without = replace(policy, contacts={**policy.contacts, "duty_hours": ""})
    assert not any("You can ring the duty social worker" in sentence for sentence in sentences(without))


def icons_used(policy: Policy) -> Iterator[str]:
    easy = easy_read_of(policy)
    yield from (line.icon for _, lines in (*easy.first, *easy.then) for line in lines)


def test_every_picture_is_there_and_hidden_from_those_who_hear_the_page(
    client: Client, in_force: AdoptedPolicy
) -> None:
    assert set(icons_used(adopted(in_force.pk).policy)) == set(ICONS)
    page = client.get(reverse("thresholds:easy_read")).content.decode()
    drawn = re.findall(r'<svg class="th-icon"[^>]*>', page)
    assert len(drawn) > len(ICONS)
    assert all('aria-hidden="true"' in picture for picture in drawn)


def test_it_looks_right(
    page: Page, live_server: LiveServer, check_page: CheckPage, in_force: AdoptedPolicy
) -> None:
    page.set_default_timeout(60_000)
    page.goto(f"{live_server.url}{reverse('thresholds:easy_read')}")
    check_page(page, "thresholds-easy-read")
