"""Links between descriptions: what they must not break, and what they must not tell."""

import pytest

from openmash.apps.access.errors import Refused
from openmash.apps.concerns.account import PartTold
from openmash.apps.concerns.actions.linking import (
    say_household,
    say_more,
    say_not_same_person,
    say_same_person,
    undo_link,
)
from openmash.apps.concerns.errors import Incomplete
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.queries.opened import open_contact
from openmash.apps.directory.models import Person
from openmash.apps.families.actions import MoreTold, link_same
from openmash.apps.families.models import Description, IndexedPerson, Link
from openmash.apps.families.queries import known_people_of
from openmash.apps.families.told import IdentifierTold, NameTold, PersonDescribed
from openmash.engines.thresholds import as_record
from openmash.web.screening.presenters.already_known import already_shown
from openmash.web.screening.presenters.findings import finding_shown
from tests.apps.journey import HOUR, NOW, raised
from tests.apps.test_asked_elsewhere import MAYA, here, known, there
from tests.cast import MONDAY, Cast, child

ONE, OTHER = (IdentifierTold("nhs_number", number) for number in ("943 476 5919", "987 654 4322"))


def described(contact: Contact) -> Description:
    return contact.parts.get(role="subject").description


def say_same(mine: Contact, earlier: Contact, cast: Cast) -> None:
    say_same_person(
        contact_id=mine.pk,
        description_id=described(mine).pk,
        earlier_id=described(earlier).pk,
        reason="The same school and house.",
        by=cast.screener,
        now=NOW,
    )


def linked_out_of_sight(mine: Contact, theirs: Contact, cast: Cast) -> None:
    link_same(
        description=described(mine),
        earlier=described(theirs),
        reason="Mother is in a refuge.",
        by=cast.partner,
        ground="delegated safeguarding partner",
        now=NOW,
    )


def test_a_concern_about_the_same_child_is_sent_whatever_number_was_given(cast: Cast) -> None:
    first = raised(cast, "A10", parts=(child(**MAYA, identifiers=(ONE,)),))
    again = raised(cast, "A10", now=NOW, parts=(child(**MAYA, identifiers=(OTHER,)),), same_child_as=first.pk)
    assert again.state == "received" and again.same_child_as == first
    assert not known_people_of([described(again)]), "which number is wrong is for a person to say"


def test_a_link_to_a_record_out_of_sight_shows_neither_reason_nor_day(cast: Cast) -> None:
    theirs, mine = there(cast), here(cast)
    linked_out_of_sight(mine, theirs, cast)
    (link,) = already_shown(known(mine, cast.screener)).links
    assert (link.reason, link.at, link.ask) == ("", None, "Southmere")
    (link,) = already_shown(known(mine, cast.partner)).links
    assert link.reason == "Mother is in a refuge." and link.at == NOW


def test_a_refusal_that_rests_on_what_is_out_of_sight_only_says_whom_to_ring(cast: Cast) -> None:
    theirs = there(cast, identifiers=(OTHER,))
    seen = here(cast, now=MONDAY)
    linked_out_of_sight(seen, theirs, cast)
    mine = here(cast, identifiers=(ONE,))
    with pytest.raises(Incomplete) as refused:
        say_same(mine, seen, cast)
    (reason,) = refused.value.reasons
    assert reason.text == (
        "This cannot be said without the front door of Southmere. Ring them before you go on."
    )


def test_nobody_links_or_tells_apart_what_they_may_not_see(cast: Cast) -> None:
    theirs, mine = there(cast), here(cast)
    with pytest.raises(Refused):
        say_same(mine, theirs, cast)
    with pytest.raises(Refused):
        say_not_same_person(
            contact_id=mine.pk,
            description_id=described(mine).pk,
            earlier_id=described(theirs).pk,
            reason="x",
            by=cast.screener,
            now=NOW,
        )
    with pytest.raises(Refused):
        say_household(
            contact_id=mine.pk, earlier_contact_id=theirs.pk, same=True, reason="x", by=cast.screener, now=NOW
        )


def test_a_second_number_learned_later_is_said_and_links_nobody_else(cast: Cast) -> None:
    one, two = here(cast, now=MONDAY, identifiers=(ONE,)), here(cast)
    say_same(two, one, cast)
    assert not already_shown(known(two, cast.screener)).different_numbers
    more = MoreTold(identifiers=(OTHER,))
    say_more(contact_id=two.pk, description_id=described(two).pk, more=more, by=cast.screener, now=NOW)
    for contact in (one, two):
        assert already_shown(known(contact, cast.screener)).different_numbers == ("Maya Okafor",)
    third = here(cast, now=NOW, identifiers=(OTHER,))
    with pytest.raises(Incomplete) as refused:
        say_same(third, two, cast)
    assert "Their NHS numbers differ" in refused.value.reasons[0].text
    proposed = known(third, cast.screener).possible
    assert proposed and all(each.match.veto for each in proposed)


def test_a_link_undone_leaves_nobody_linked_with_nothing(cast: Cast) -> None:
    one, two, three, four = here(cast, now=MONDAY), here(cast), here(cast), here(cast)
    say_same(two, one, cast)
    made = Link.objects.get(description=described(two))
    undo_link(contact_id=two.pk, link_id=made.pk, reason="Another Maya.", by=cast.screener, now=NOW)
    assert not already_shown(known(one, cast.screener)).links
    say_same(four, three, cast)
    say_same(four, one, cast)
    assert known_people_of([described(one)]) == known_people_of([described(three)])


def test_a_link_of_three_loses_only_the_one_that_was_wrong(cast: Cast) -> None:
    one, two, three = here(cast, now=MONDAY), here(cast), here(cast)
    say_same(two, one, cast)
    say_same(three, one, cast)
    wrong = Link.objects.get(description=described(three))
    undo_link(contact_id=three.pk, link_id=wrong.pk, reason="Another Maya.", by=cast.screener, now=NOW)
    assert known_people_of([described(one)]) == known_people_of([described(two)]) != frozenset()
    assert not known_people_of([described(three)])


def test_a_child_is_found_by_the_name_learned_of_a_parent(cast: Cast) -> None:
    mother = PartTold("parent", PersonDescribed(kind="adult", name="Joanne Smith"))
    contact = raised(cast, "A10", parts=(child(name="Leo Smith"), mother))
    adult = contact.parts.get(role="parent").description
    more = MoreTold(names=(NameTold(given="Ewa", family="Kowalska", kind="in_use"),))
    say_more(contact_id=contact.pk, description_id=adult.pk, more=more, by=cast.screener, now=NOW)
    assert "Ewa" in IndexedPerson.objects.get(record_id=described(contact).pk).described


def test_the_threshold_counts_what_is_out_of_sight_and_does_not_say_how_much(cast: Cast) -> None:
    mine = here(cast)
    alone = why(mine, cast.screener)
    for hours in range(4):
        linked_out_of_sight(mine, there(cast, now=MONDAY - hours * HOUR), cast)
    seen_here, seen_by_all = why(mine, cast.screener), why(mine, cast.partner)
    assert seen_here.keys() == seen_by_all.keys() > alone.keys(), "the level is the same, whoever reads"
    counted = seen_here.keys() - alone.keys()
    assert any("5 contacts" in words for rule in counted for words in seen_by_all[rule])
    for rule in counted:
        assert seen_here[rule][1:] == (
            "Earlier contacts that are not shown to you may count here. Ask the front door of Southmere.",
        )


def why(contact: Contact, by: Person) -> dict[str, tuple[str, ...]]:
    opened = open_contact(contact.pk, by=by, now=NOW)
    shown = finding_shown(as_record(opened.finding), opened.policy, ask=opened.ask_about_earlier)
    return {rule.id: rule.because for rule in shown.rules}
