"""Records closed to all but a few: nobody else reaches them by any way, and nobody is left without whom to ask."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmash.apps.access.errors import Refused
from openmash.apps.access.grounds import (
    ALLOWED,
    KEPT_OUT,
    OWN_WORDS,
    ContactFacts,
    Viewer,
    grounds_of,
)
from openmash.apps.access.models import ConflictDeclared, EmergencyAccess, Restriction
from openmash.apps.access.viewers import viewer_of
from openmash.apps.concerns.actions.restricting import (
    declare_conflict,
    end_conflict,
    lift_restriction,
    name_in_restriction,
    open_in_emergency,
    restrict,
    review_emergency,
)
from openmash.apps.concerns.actions.screening import start_screening
from openmash.apps.concerns.errors import Incomplete
from openmash.apps.concerns.models import AskedElsewhere, Contact
from openmash.apps.concerns.queries import lists
from openmash.apps.concerns.queries.asked import waiting_for
from openmash.apps.concerns.queries.looking import look_as_hub, look_as_raiser
from openmash.apps.oversight.restricted import conflicts_under, could_be_named, guarded_by
from tests.apps.journey import NOW, answered, raised, screening
from tests.cast import Cast

pytestmark = pytest.mark.django_db
TODAY = NOW.date()
LATER = TODAY + timedelta(days=30)


@pytest.fixture
def contact(cast: Cast) -> Contact:
    return raised(cast)


def close(cast: Cast, contact: Contact, **given: Any) -> Restriction:
    usual: dict[str, Any] = {
        "kind": "staff",
        "reason": "Her aunt works here.",
        "owner": cast.manager,
        "named": [cast.screener],
    }
    return restrict(
        contact_id=contact.pk, **{**usual, "ends_on": LATER, "by": cast.manager, "now": NOW, **given}
    )


KEPT = ("second_screener", "second_manager", "head", "partner")


@pytest.mark.parametrize("who", KEPT)
def test_nobody_else_opens_it_or_finds_it_in_a_list(cast: Cast, contact: Contact, who: str) -> None:
    by = cast.people[who]
    look_as_hub(contact.pk, by=by, now=NOW)
    assert contact in lists.worklist(by=by, now=NOW).contacts
    close(cast, contact)
    with pytest.raises(Refused, match="named people only"):
        look_as_hub(contact.pk, by=by, now=NOW)
    assert contact not in lists.worklist(by=by, now=NOW).contacts
    assert lists.find_reference(contact.reference, by=by, now=NOW) is None


def test_what_has_ended_and_what_an_agency_raised_are_closed_as_well(cast: Cast) -> None:
    contact = answered(cast, "A06")
    assert contact in lists.recently_ended(by=cast.second_screener, now=NOW)
    assert contact in lists.mine(by=cast.safeguarding_lead, now=NOW)
    close(cast, contact)
    assert contact not in lists.recently_ended(by=cast.second_screener, now=NOW)
    assert contact not in lists.mine(by=cast.safeguarding_lead, now=NOW)
    assert contact in lists.mine(by=cast.teacher, now=NOW)


def test_the_owner_those_named_and_whoever_raised_it_go_on(cast: Cast, contact: Contact) -> None:
    close(cast, contact)
    for by in (cast.manager, cast.screener):
        look_as_hub(contact.pk, by=by, now=NOW)
        assert contact in lists.worklist(by=by, now=NOW).contacts
    look_as_raiser(contact.pk, by=cast.teacher, now=NOW)


def test_an_act_is_refused_as_a_look_is(cast: Cast, contact: Contact) -> None:
    close(cast, contact)
    with pytest.raises(Refused):
        start_screening(contact_id=contact.pk, seen_version=contact.version, by=cast.second_screener, now=NOW)


@given(
    verb=st.sampled_from(sorted(ALLOWED)),
    roles=st.frozensets(
        st.tuples(
            st.sampled_from(
                [
                    "screening_practitioner",
                    "manager",
                    "adviser",
                    "head_of_service",
                    "safeguarding_partner",
                    "safeguarding_lead",
                ]
            ),
            st.sampled_from([None, 1]),
        )
    ),
    raised_it=st.booleans(),
)
def test_no_role_gets_round_it_by_any_verb(
    verb: str, roles: frozenset[tuple[str, int | None]], raised_it: bool
) -> None:
    facts = ContactFacts("c", "concern", 5 if raised_it else 6, 9, 1)
    viewer = Viewer(5, 9, roles, kept_out=frozenset({"c"}))
    assert grounds_of(viewer, facts) <= OWN_WORDS


def test_it_ends_on_its_day_or_when_it_is_lifted(cast: Cast, contact: Contact) -> None:
    made = close(cast, contact)
    late = NOW + timedelta(days=31)
    look_as_hub(contact.pk, by=cast.head, now=late)
    with pytest.raises(Refused):
        lift_restriction(restriction_id=made.pk, reason="No longer.", by=cast.head, now=NOW)
    lift_restriction(restriction_id=made.pk, reason="She left.", by=cast.manager, now=NOW)
    look_as_hub(contact.pk, by=cast.head, now=NOW)


def test_of_two_restrictions_both_must_let_somebody_in(cast: Cast, contact: Contact) -> None:
    close(cast, contact)
    close(cast, contact, named=[])
    with pytest.raises(Refused):
        look_as_hub(contact.pk, by=cast.screener, now=NOW)
    look_as_hub(contact.pk, by=cast.manager, now=NOW)


def test_one_more_person_is_let_in_by_those_inside_only(cast: Cast, contact: Contact) -> None:
    made = close(cast, contact)
    with pytest.raises(Refused):
        name_in_restriction(restriction_id=made.pk, person=cast.head, by=cast.head, now=NOW)
    with pytest.raises(Incomplete, match="has no part in this"):
        name_in_restriction(restriction_id=made.pk, person=cast.gp, by=cast.manager, now=NOW)
    name_in_restriction(restriction_id=made.pk, person=cast.head, by=cast.manager, now=NOW)
    look_as_hub(contact.pk, by=cast.head, now=NOW)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"reason": " "}, "Say why"),
        ({"ends_on": TODAY - timedelta(days=1)}, "at most a year away"),
        ({"ends_on": TODAY + timedelta(days=400)}, "at most a year away"),
        ({"owner": "head"}, "works at its front door"),
        ({"named": ["gp"]}, "has no part in this"),
    ],
)
def test_what_cannot_be_taken_is_said(cast: Cast, contact: Contact, given: dict[str, Any], said: str) -> None:
    people = {
        name: cast.people[who] if isinstance(who, str) else [cast.people[each] for each in who]
        for name, who in given.items()
        if name in ("owner", "named") and isinstance(who, (str, list))
    }
    with pytest.raises(Incomplete, match=said):
        close(cast, contact, **{**given, **people})
    with pytest.raises(Refused):
        close(cast, contact, by=cast.screener)


def test_a_child_found_in_a_restricted_record_is_asked_about_at_its_owner(
    cast: Cast, contact: Contact
) -> None:
    """Given a restricted record of a child, when the same child is told of again, then its owner is asked."""
    close(cast, contact, named=[])
    raised(cast)
    assert AskedElsewhere.objects.filter(theirs__contact_id=contact.pk).exists()
    today = TODAY
    assert [each.theirs.contact_id for each in waiting_for(viewer_of(cast.manager, today))] == [contact.pk]
    assert waiting_for(viewer_of(cast.second_screener, today)) == []


def test_somebody_who_knows_the_family_is_kept_out_and_only_a_leader_ends_it(
    cast: Cast, contact: Contact
) -> None:
    declare_conflict(contact_id=contact.pk, reason="He is my neighbour's son.", by=cast.manager, now=NOW)
    with pytest.raises(Refused):
        look_as_hub(contact.pk, by=cast.manager, now=NOW)
    with pytest.raises(Refused):
        open_in_emergency(contact_id=contact.pk, reason="Now.", by=cast.manager, now=NOW)
    conflict = ConflictDeclared.objects.get()
    with pytest.raises(Refused):
        end_conflict(conflict_id=conflict.pk, reason="I moved.", by=cast.manager, now=NOW)
    assert conflicts_under(cast.manager, now=NOW) == [] and conflicts_under(cast.screener, now=NOW) == []
    assert [each.reference for each in conflicts_under(cast.second_manager, now=NOW)] == [contact.reference]
    end_conflict(conflict_id=conflict.pk, reason="She moved away.", by=cast.second_manager, now=NOW)
    look_as_hub(contact.pk, by=cast.manager, now=NOW)


def test_an_emergency_opens_it_for_the_day_and_the_owner_looks_into_it(cast: Cast, contact: Contact) -> None:
    close(cast, contact)
    with pytest.raises(Incomplete):
        open_in_emergency(contact_id=contact.pk, reason="", by=cast.second_screener, now=NOW)
    open_in_emergency(contact_id=contact.pk, reason="He is at the station.", by=cast.second_screener, now=NOW)
    look_as_hub(contact.pk, by=cast.second_screener, now=NOW)
    with pytest.raises(Refused):
        look_as_hub(contact.pk, by=cast.second_screener, now=NOW + timedelta(days=1))
    emergency = EmergencyAccess.objects.get()
    review: Callable[..., None] = lambda by: review_emergency(  # noqa: E731
        emergency_id=emergency.pk, was_needed=True, note="It was.", by=by, now=NOW
    )
    for by in (cast.second_screener, cast.head):
        with pytest.raises(Refused):
            review(by)
    assert not hasattr(guarded_by(cast.manager, now=NOW)[0].emergencies[0], "reviewed")
    review(cast.manager)
    assert guarded_by(cast.screener, now=NOW)[0].emergencies[0].reviewed.was_needed
    assert guarded_by(cast.second_screener, now=NOW) == []


def test_a_night_is_not_cut_in_two(cast: Cast, contact: Contact) -> None:
    close(cast, contact)
    evening = NOW.replace(hour=23)
    open_in_emergency(contact_id=contact.pk, reason="He is at the station.", by=cast.head, now=evening)
    look_as_hub(contact.pk, by=cast.head, now=evening + timedelta(hours=3))


def test_an_emergency_opens_nothing_that_would_be_closed_anyway(cast: Cast, contact: Contact) -> None:
    close(cast, contact)
    for who in ("gp", "police_officer", "social_worker", "policy_lead"):
        with pytest.raises(Refused):
            open_in_emergency(contact_id=contact.pk, reason="Now.", by=cast.people[who], now=NOW)


def test_whoever_has_no_role_is_not_told_that_it_is_restricted(cast: Cast) -> None:
    contact = screening(cast)
    close(cast, contact)
    with pytest.raises(Refused) as refused:
        look_as_hub(contact.pk, by=cast.gp, now=NOW)
    assert refused.value.reason != KEPT_OUT


def test_an_emergency_is_not_turned_into_owning_the_record(cast: Cast, contact: Contact) -> None:
    close(cast, contact)
    open_in_emergency(contact_id=contact.pk, reason="Now.", by=cast.second_manager, now=NOW)
    with pytest.raises(Refused, match="restricted already"):
        close(cast, contact, owner=cast.second_manager, by=cast.second_manager)
    with pytest.raises(Incomplete, match="name them here too"):
        close(cast, contact, owner=cast.screener, named=[])


def test_an_owner_with_a_conflict_guards_nothing_any_more(cast: Cast, contact: Contact) -> None:
    made = close(cast, contact)
    declare_conflict(contact_id=contact.pk, reason="My cousin.", by=cast.manager, now=NOW)
    assert guarded_by(cast.manager, now=NOW) == []
    with pytest.raises(Refused):
        lift_restriction(restriction_id=made.pk, reason="Open it.", by=cast.manager, now=NOW)
    with pytest.raises(Restriction.DoesNotExist):
        could_be_named(made.pk, by=cast.manager, now=NOW)
    assert could_be_named(made.pk, by=cast.screener, now=NOW)


def test_an_emergency_is_needed_and_declared_once(cast: Cast, contact: Contact) -> None:
    with pytest.raises(Incomplete, match="open to you already"):
        open_in_emergency(contact_id=contact.pk, reason="Now.", by=cast.head, now=NOW)
    close(cast, contact)
    for _ in range(2):
        open_in_emergency(contact_id=contact.pk, reason="Now.", by=cast.head, now=NOW)
    assert EmergencyAccess.objects.count() == 1
    close(cast, contact, now=NOW + timedelta(minutes=1))
    with pytest.raises(Refused):
        look_as_hub(contact.pk, by=cast.head, now=NOW + timedelta(minutes=2))
