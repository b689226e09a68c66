"""What somebody may not see stays unseen: another front door is told, and its record shows in nothing."""

from datetime import date, datetime
from typing import Any

import pytest

from openmash.apps.access.errors import Refused
from openmash.apps.access.viewers import viewer_of
from openmash.apps.audit.models import Event
from openmash.apps.concerns.actions.asking_elsewhere import answer_elsewhere
from openmash.apps.concerns.actions.linking import say_more
from openmash.apps.concerns.errors import Incomplete, NotPossibleNow
from openmash.apps.concerns.models import AskedElsewhere, Contact
from openmash.apps.concerns.queries.already_known import AlreadyKnown, already_known
from openmash.apps.concerns.queries.asked import open_asked, waiting_for
from openmash.apps.concerns.queries.earlier import earlier_contacts
from openmash.apps.concerns.queries.opened import known_of
from openmash.apps.directory.models import Person
from openmash.apps.families.models import Link, NotSame
from openmash.apps.families.told import AddressTold, IdentifierTold, MoreTold, NameTold
from tests.apps.journey import HOUR, NOW, link, raised
from tests.cast import MONDAY, Cast, child

MAYA: dict[str, Any] = {
    "name": "Maya Okafor",
    "born_on": date(2018, 5, 4),
    "address": "12 Mill Lane",
    "postcode": "NF1 2AB",
}


AT_HOME = AddressTold("12 Mill Lane", "NF1 2AB")


def here(cast: Cast, now: datetime = MONDAY + HOUR, **known: Any) -> Contact:
    return raised(cast, "A10", now=now, parts=(child(**{**MAYA, **known}),))


def there(cast: Cast, now: datetime = MONDAY, **known: Any) -> Contact:
    return raised(cast, "A10", now=now, parts=(child(**{**MAYA, **known}),), locality_id=cast.elsewhere.pk)


def known(contact: Contact, by: Person) -> AlreadyKnown:
    return already_known(contact, by=by, now=NOW)


def test_the_front_door_asked_is_told_and_the_one_that_asks_learns_only_which(cast: Cast) -> None:
    theirs, mine = there(cast), here(cast)
    found = known(mine, cast.screener)
    assert [(each.locality, each.told_at) for each in found.ask] == [(cast.elsewhere, MONDAY + HOUR)]
    assert found.possible == () and found.same_address == () and found.known == ()
    (asked,) = waiting_for(viewer_of(cast.screener_elsewhere, NOW.date()))
    assert (asked.contact, asked.theirs) == (mine, theirs.parts.get().description)
    assert waiting_for(viewer_of(cast.manager, NOW.date())) == []
    event = Event.objects.get(verb="ask_elsewhere")
    assert (event.subject_id, event.by_id) == (str(mine.pk), None)


def test_a_later_concern_elsewhere_tells_this_front_door(cast: Cast) -> None:
    mine = here(cast, now=MONDAY)
    there(cast, now=MONDAY + HOUR)
    (asked,) = waiting_for(viewer_of(cast.manager, NOW.date()))
    assert asked.theirs.contact_id == mine.pk and asked.locality == cast.here


@pytest.mark.parametrize(
    "hidden",
    [
        [{}],
        [{}, {}, {}],
        [{"name": "Maia Okafor", "born_on": date(2018, 4, 5)}],
        [{"address": "", "postcode": "", "school": "Ashdown House"}],
        [{"identifiers": (IdentifierTold("nhs_number", "987 654 4322"),)}],
    ],
)
def test_what_is_shown_does_not_depend_on_what_is_hidden(cast: Cast, hidden: list[dict[str, Any]]) -> None:
    """Neither how much there is, nor what it says, nor how sure the engine is of it, nor of what is seen."""
    number = IdentifierTold("nhs_number", "943 476 5919")  # another number makes the hidden one a rival
    seen = here(cast, now=MONDAY, identifiers=(number,))
    alone = known(here(cast), cast.screener).possible
    for each in hidden:
        there(cast, **each)
    mine = here(cast)
    found = known(mine, cast.screener)
    assert [each.locality for each in found.ask] == [cast.elsewhere]
    matches = {each.contact.pk: each.match for each in found.possible}
    assert matches[seen.pk] == {each.contact.pk: each.match for each in alone}[seen.pk]
    assert {each.contact.locality for each in found.possible} == {cast.here}
    known_of(mine, by=cast.screener, now=NOW)
    elsewhere = Contact.objects.filter(locality=cast.elsewhere).values_list("pk", flat=True)
    looked = Event.objects.filter(verb="see_linked").values_list("subject_id", flat=True)
    assert not set(looked) & {str(pk) for pk in elsewhere}


def test_what_a_hidden_contact_says_of_a_child_already_linked_is_no_evidence_shown(cast: Cast) -> None:
    theirs = there(cast)
    seen = here(cast, now=MONDAY)
    mine = here(cast, born_on=None, about_age=8, address="", postcode="")
    asked = AskedElsewhere.objects.get(contact=mine)
    answer(cast.screener_elsewhere, asked, "same")
    assert theirs.pk in {each.pk for each in earlier_contacts(mine, NOW)}
    (found,) = (each for each in known(mine, cast.screener).possible if each.contact.pk == seen.pk)
    levels = {each.field: each.level for each in found.match.evidence}
    assert "address" not in levels and levels.get("born") != "exact"


def answer(by: Person, asked: AskedElsewhere, outcome: str, reason: str = "Spoke to Jo Bell.") -> None:
    answer_elsewhere(asked_id=asked.pk, outcome=outcome, reason=reason, by=by, now=NOW)


def test_the_front_door_asked_says_yes_and_the_two_are_linked(cast: Cast) -> None:
    theirs, mine = there(cast), here(cast)
    before = mine.version
    asked = AskedElsewhere.objects.get()
    _asked, own = open_asked(asked.pk, by=cast.screener_elsewhere, now=NOW)
    assert own == theirs
    answer(cast.screener_elsewhere, asked, "same")
    assert earlier_contacts(mine, NOW) == [theirs]
    assert Link.objects.count() == 2
    mine.refresh_from_db()
    assert mine.version == before + 1
    (ask,) = known(mine, cast.screener).ask
    assert ask.outcomes == ("same",)
    assert waiting_for(viewer_of(cast.screener_elsewhere, NOW.date())) == []
    with pytest.raises(NotPossibleNow):
        answer(cast.screener_elsewhere, asked, "different")


@pytest.mark.parametrize(("outcome", "told_apart"), [("different", 1), ("cannot_tell", 0)])
def test_the_front_door_asked_says_no_or_cannot_tell(cast: Cast, outcome: str, told_apart: int) -> None:
    there(cast)
    mine = here(cast)
    answer(cast.screener_elsewhere, AskedElsewhere.objects.get(), outcome)
    assert not Link.objects.exists() and NotSame.objects.count() == told_apart
    assert [each.outcomes for each in known(mine, cast.screener).ask] == [(outcome,)]


def test_an_answer_needs_a_reason_and_the_right_person(cast: Cast) -> None:
    there(cast)
    here(cast)
    asked = AskedElsewhere.objects.get()
    with pytest.raises(Incomplete):
        answer(cast.screener_elsewhere, asked, "same", reason=" ")
    with pytest.raises(Incomplete):
        answer(cast.screener_elsewhere, asked, "")
    for name in ("screener", "manager", "teacher", "adviser"):
        with pytest.raises(Refused):
            answer(cast.people[name], asked, "same")
        with pytest.raises(Refused):
            open_asked(asked.pk, by=cast.people[name], now=NOW)
    assert not Link.objects.exists()


def test_each_record_is_asked_about_once_and_again_when_more_is_learned(cast: Cast) -> None:
    there(cast)
    mine = raised(cast, "A10", now=MONDAY + HOUR, parts=(child("Baby", about_age=8),))
    assert not AskedElsewhere.objects.exists()
    for name in ("Maya Okafor", "Maya O"):
        say_more(
            contact_id=mine.pk,
            description_id=mine.parts.get().description_id,
            more=MoreTold(names=(NameTold(name, kind="in_use"),), births=()),
            by=cast.screener,
            now=NOW,
        )
    say_more(
        contact_id=mine.pk,
        description_id=mine.parts.get().description_id,
        more=MoreTold(names=(NameTold("Maya"),), births=(), addresses=(AT_HOME,)),
        by=cast.screener,
        now=NOW,
    )
    assert AskedElsewhere.objects.count() == 1


def test_whoever_may_see_both_is_shown_both(cast: Cast) -> None:
    theirs, mine = there(cast), here(cast)
    found = known(mine, cast.partner)
    assert [each.contact for each in found.possible] == [theirs]


def test_a_child_linked_here_is_not_asked_about_by_its_own_front_door(cast: Cast) -> None:
    first, mine = here(cast, now=MONDAY), here(cast)
    link(cast, mine, first)
    assert not AskedElsewhere.objects.exists()
