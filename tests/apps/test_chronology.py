"""The story of a family: what is in it, what adds up, who may read it, and what of it stays unseen."""

from collections.abc import Collection
from datetime import timedelta
from uuid import uuid4

import pytest

from openmash.apps.access.errors import Refused
from openmash.apps.audit.models import Event as Logged
from openmash.apps.concerns.actions.deciding import decide
from openmash.apps.concerns.actions.screening import add_information, start_screening
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.queries.chronology import chronology
from openmash.apps.concerns.queries.events import What
from openmash.apps.concerns.queries.whole_chronology import Start, Wanted, WholeChronology, open_chronology
from openmash.apps.directory.models import Person
from tests.apps.journey import NOW, choice, raised
from tests.apps.told_family import ALEX, WEEK, child, link, link_as, told_family
from tests.cast import MONDAY, Cast

ALL = Wanted()


def read(start: Start, by: Person, wanted: Wanted = ALL) -> WholeChronology:
    return open_chronology(start, wanted, by=by, now=NOW)


def told(whole: WholeChronology) -> list[str]:
    return [e.contact.reference for e in whole.events if e.what in (What.RAISE, What.ASK)]


def references(contacts: Collection[Contact]) -> list[str]:
    return [each.reference for each in contacts]


def test_every_agency_is_in_one_chronology_oldest_first(cast: Cast) -> None:
    family = told_family(cast)
    whole = read(Start(known_person=family.alex.pk), cast.screener)
    assert told(whole) == references([family.elsewhere, family.first, family.second, family.third])
    assert [e.at for e in whole.events] == sorted(e.at for e in whole.events)
    assert {name for _key, name in whole.agencies} >= {
        "Millbrook Primary School",
        "Northfield Police",
        "Northfield Health Visiting",
    }


def test_it_is_the_same_from_any_contact_of_the_family(cast: Cast) -> None:
    family = told_family(cast)
    from_person = read(Start(known_person=family.alex.pk), cast.screener)
    for contact in (family.first, family.second, family.third):
        assert told(read(Start(contact=contact.pk), cast.screener)) == told(from_person)


def test_a_child_has_the_age_of_that_day_even_where_only_another_agency_knew_the_date_of_birth(
    cast: Cast,
) -> None:
    family = told_family(cast)
    whole = read(Start(known_person=family.alex.pk), cast.screener)
    ages = {ref.contact.reference: ref.children[0].age for ref in whole.told.values()}
    assert ages[family.second.reference] == "8 years"  # the police gave only an approximate age
    assert whole.of[0].age == "8 years"


def test_two_dates_of_birth_are_both_told(cast: Cast) -> None:
    family = told_family(cast)
    other = raised(cast, parts=(child(born_on=ALEX - timedelta(days=400)),), now=MONDAY)
    link(cast, other, family.first, at=MONDAY)
    whole = read(Start(known_person=family.alex.pk), cast.screener)
    assert "9 years or 8 years (dates of birth differ)" in [c.age for c in whole.of]


def test_the_same_adult_elsewhere_is_shown_as_such(cast: Cast) -> None:
    family = told_family(cast)
    whole = read(Start(known_person=family.alex.pk), cast.screener)
    assert [a.name for a in whole.told[family.elsewhere.pk].adults] == ["Robert Pike"]
    assert not whole.told[family.first.pk].adults


def test_what_adds_up_names_the_rule_and_exactly_the_contacts_it_counted(cast: Cast) -> None:
    family = told_family(cast)
    whole = read(Start(known_person=family.alex.pk), cast.screener)
    last = {each.rule: each for each in whole.adds_up}
    assert {"C6a", "C7"} <= last.keys()
    assert references(last["C6a"].counted) == references([family.first, family.second, family.third])
    assert last["C6a"].contact.reference == family.third.reference
    assert "3 contacts about neglect" in " ".join(last["C6a"].because)
    assert last["C6a"].version == cast.policy.version


def test_a_contact_outside_the_window_is_not_counted(cast: Cast) -> None:
    old = raised(cast, "A10", parts=(child(),), now=MONDAY - 80 * WEEK)
    family = told_family(cast)
    link(cast, family.third, old, at=MONDAY)
    whole = read(Start(known_person=family.alex.pk), cast.screener)
    assert old.reference in told(whole)
    for each in whole.adds_up:
        assert old.reference not in references(each.counted)


def test_what_happened_afterwards_is_in_it(cast: Cast) -> None:
    family = told_family(cast)
    third = family.third
    third.refresh_from_db()
    start_screening(contact_id=third.pk, seen_version=third.version, by=cast.screener, now=NOW)
    third.refresh_from_db()
    chosen = choice("3", "section_17_assessment")
    decide(contact_id=third.pk, seen_version=third.version, choice=chosen, by=cast.manager, now=NOW)
    add_information(
        contact_id=family.first.pk,
        text="Mia was seen alone.",
        by=cast.teacher,
        now=NOW + timedelta(minutes=1),
    )
    whole = open_chronology(
        Start(known_person=family.alex.pk), ALL, by=cast.screener, now=NOW + timedelta(hours=1)
    )
    happened = {event.what for event in whole.events}
    assert {What.RAISE, What.LINK, What.DECISION, What.INFORMATION} <= happened


def test_one_child_one_agency_one_kind_one_period(cast: Cast) -> None:
    family = told_family(cast)
    start = Start(known_person=family.alex.pk)
    only_alex = read(start, cast.screener, Wanted(child=family.alex.pk))
    assert family.elsewhere.reference not in told(only_alex)
    police = read(start, cast.screener, Wanted(agency=str(cast.police_officer.agency_id)))
    assert told(police) == references([family.second])
    assert police.left_out > 0
    links = read(start, cast.screener, Wanted(group="linked"))
    assert {e.what for e in links.events} == {What.LINK}
    assert len(links.events) == 3
    recent = read(start, cast.screener, Wanted(since=family.third.received_at))
    assert told(recent) == references([family.third])


def test_each_contact_shown_counts_as_seen_and_no_other(cast: Cast) -> None:
    family = told_family(cast)
    read(
        Start(known_person=family.alex.pk),
        cast.screener,
        Wanted(agency=str(cast.gp.agency_id)),
    )
    seen = Logged.objects.filter(verb="see_in_chronology", by_id=cast.screener.pk)
    naming = {str(family.third.pk)}  # where Alex and Mia were last described: both are named on the page
    assert {each.subject_id for each in seen} == {str(family.elsewhere.pk)} | naming
    assert Logged.objects.filter(verb="see_chronology", subject_id=str(family.alex.pk)).count() == 1


@pytest.mark.parametrize("by", ["screener", "manager", "partner"])
def test_a_choice_that_leaves_nothing_is_still_read_on_the_readers_own_ground(cast: Cast, by: str) -> None:
    family, reader = told_family(cast), getattr(cast, by)
    for start in (Start(known_person=family.alex.pk), Start(contact=family.first.pk)):
        whole = read(start, reader, Wanted(agency="nobody's"))
        assert (whole.events, whole.ground) == ((), read(start, reader).ground)


def test_contacts_a_rule_counted_count_as_seen_even_where_their_entries_are_left_out(cast: Cast) -> None:
    family = told_family(cast)
    read(
        Start(known_person=family.alex.pk),
        cast.screener,
        Wanted(agency=str(cast.health_visitor.agency_id)),
    )
    seen = Logged.objects.filter(verb="see_in_chronology").values_list("subject_id", flat=True)
    assert {str(family.first.pk), str(family.second.pk), str(family.third.pk)} == set(seen)


def test_of_what_may_not_be_seen_only_the_front_door_to_ask_is_told(cast: Cast) -> None:
    family = told_family(cast, elsewhere=cast.elsewhere.pk)
    whole = read(Start(known_person=family.alex.pk), cast.screener)
    assert whole.ask == ("Southmere",)
    assert family.elsewhere.reference not in told(whole)
    assert family.elsewhere.pk not in whole.told
    assert not any(name == "Elm Street Surgery" for _key, name in whole.agencies)


def test_a_rule_that_counted_what_may_not_be_seen_does_not_say_how_much(cast: Cast) -> None:
    family = told_family(cast)
    hidden = raised(
        cast, "A10", by=cast.gp, parts=(child(),), locality_id=cast.elsewhere.pk, now=MONDAY - 9 * WEEK
    )
    link_as(cast.partner, family.third, hidden)
    whole = read(Start(known_person=family.alex.pk), cast.screener)
    rule = {each.rule: each for each in whole.adds_up}["C6a"]
    assert rule.ask == ("Southmere",)
    assert rule.because == ()
    assert hidden.reference not in references(rule.counted)
    everything = read(Start(known_person=family.alex.pk), cast.partner)
    assert hidden.reference in told(everything)
    assert {each.rule: each for each in everything.adds_up}["C6a"].because


def test_whoever_may_see_nothing_of_it_is_refused(cast: Cast) -> None:
    family = told_family(cast)
    for person in (cast.teacher, cast.screener_elsewhere, cast.policy_lead):
        with pytest.raises(Refused):
            read(Start(known_person=family.alex.pk), person)
        with pytest.raises(Refused):
            read(Start(contact=family.first.pk), person)


def test_seeing_the_same_adult_elsewhere_does_not_open_the_story_of_the_child(cast: Cast) -> None:
    family = told_family(cast, elsewhere=cast.elsewhere.pk)
    with pytest.raises(Refused):
        read(Start(known_person=family.alex.pk), cast.screener_elsewhere)
    theirs = read(Start(contact=family.elsewhere.pk), cast.screener_elsewhere)
    assert theirs.ask == ("Northfield",)
    assert told(theirs) == references([family.elsewhere])


def test_nobody_is_known_by_a_number_that_was_made_up(cast: Cast) -> None:
    with pytest.raises(Contact.DoesNotExist):
        read(Start(known_person=uuid4()), cast.screener)


def test_in_short_it_has_the_same_contacts_and_marks_those_that_count(cast: Cast) -> None:
    family = told_family(cast)
    entries = chronology(family.third, by=cast.screener, now=NOW)
    assert [e.contact.reference for e in entries] == references(
        [family.elsewhere, family.first, family.second, family.third]
    )
    assert ["C6a" in e.counts_towards for e in entries] == [False, True, True, True]
    assert [bool(e.adults) for e in entries] == [True, False, False, False]


def test_in_short_each_front_door_to_ask_is_named_once(cast: Cast) -> None:
    family = told_family(cast)
    for week in (9, 8):
        hidden = raised(
            cast, "A10", parts=(child(),), locality_id=cast.elsewhere.pk, now=MONDAY - week * WEEK
        )
        link_as(cast.partner, family.third, hidden)
    entries = chronology(family.third, by=cast.screener, now=NOW)
    assert [e.may_see for e in entries] == [True, True, True, True, False]
