"""Whether somebody should get through, worked out from the rules of access alone: never from what a page answered."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from openmash.apps.access.grounds import ALLOWED, HUB, Viewer, grounds_of
from openmash.apps.access.queries import restrictions_on
from openmash.apps.access.request_grounds import ALLOWED_ON_REQUEST, ASKS_ON_A_CASE, grounds_on_request
from openmash.apps.access.viewers import member_of_the_public, viewer_of
from openmash.apps.access.work_grounds import grounds_on_case
from openmash.apps.casework.meeting_kinds import MEETINGS
from openmash.apps.casework.pathway import grounds_for
from openmash.apps.casework.standing import facts_of
from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.permission import facts_for_access
from openmash.apps.directory.models import Person
from openmash.apps.papers.permission import PAPERS
from openmash.apps.policy.permission import may as may_with_threshold
from openmash.apps.registers.models import Register
from openmash.apps.registers.permission import ground_on
from openmash.apps.sharing.permission import facts_of_request
from openmash.config.endpoints import Declared
from tests.access.world import Dossier, World

Gate = Callable[["Asking", str], bool]
ON_CASE = {"ask_information": ASKS_ON_A_CASE}
"""Verbs on a case that another app declares."""


class Asking:
    """Somebody before one record."""

    def __init__(self, world: World, dossier: Dossier, person: Person | None, now: datetime) -> None:
        self.world, self.dossier, self.person, self.now = world, dossier, person, now
        self.today = now.date()
        self.viewer: Viewer = viewer_of(person, self.today) if person else member_of_the_public()

    @property
    def roles(self) -> set[str]:
        return {role for role, _place in self.viewer.roles}

    def on_contact(self, verb: str, contact: Contact | None = None) -> bool:
        facts = facts_for_access(contact or self.dossier.contact)
        return bool(grounds_of(self.viewer, facts) & ALLOWED[verb])

    def guards(self, contact: Contact) -> bool:
        """Owner of a restriction in force or named in it, and with a ground of their own."""
        mine = [
            each
            for each in restrictions_on(self.today).filter(contact_id=contact.pk)
            if self.person and (each.owner == self.person or each.names.filter(person=self.person).exists())
        ]
        return bool(mine) and self.on_contact("see_as_hub")


def expected(asking: Asking, declared: Declared, parameters: dict[str, object]) -> bool:
    """Whether the rules let this person through."""
    if declared.opens in ("nothing", "another installation"):
        return True
    if declared.opens == "nobody":
        return False
    if asking.person is None and declared.opens not in ("contact", "draft"):
        return False
    return GATES[declared.opens](asking, filled_in(declared.verb, asking.dossier, parameters))


def filled_in(verb: str, dossier: Dossier, parameters: dict[str, object]) -> str:
    """The verb, with what the address says of it."""
    kind = str(parameters.get("kind", dossier.meeting.kind if dossier.meeting else ""))
    meant = MEETINGS.get(kind)
    names = {"call": meant.call, "hold": meant.hold, "decide": meant.decide} if meant else {}
    return verb.format(**{**names, **{key: str(value) for key, value in parameters.items()}})


def _account(asking: Asking, verb: str) -> bool:
    """Whoever is made up has no password, and so nothing by which to confirm who they are."""
    needs_password = verb == "where there is a password"
    return asking.person is not None and (not needs_password or asking.person.has_usable_password())


def _roles(asking: Asking, verb: str) -> bool:
    return bool(asking.roles & set(verb.split()))


def _draft(asking: Asking, verb: str) -> bool:
    return asking.person == asking.world.cast.teacher


def _restricted(asking: Asking, verb: str) -> bool:
    """In an emergency: a role that would open it if it were not restricted, and no conflict of interest."""
    viewer = replace(asking.viewer, kept_out=frozenset())
    contact = asking.dossier.contact
    conflict = (
        asking.person.conflicts.filter(contact_id=contact.pk, ended__isnull=True) if asking.person else None
    )
    return bool(grounds_of(viewer, facts_for_access(contact)) & HUB) and not (conflict and conflict.exists())


def _restriction(asking: Asking, verb: str) -> bool:
    return asking.dossier.restriction is not None and asking.guards(asking.dossier.contact)


def _emergency(asking: Asking, verb: str) -> bool:
    emergency = asking.dossier.emergency
    return (
        emergency is not None and asking.person != emergency.person and asking.guards(asking.dossier.contact)
    )


def _case(asking: Asking, verb: str) -> bool:
    if asking.dossier.case is None:
        return False
    grounds = grounds_on_case(asking.viewer, facts_of(asking.dossier.case, asking.now))
    return bool(grounds & (PAPERS[verb] if verb in PAPERS else ON_CASE.get(verb) or grounds_for(verb)))


def _meeting(asking: Asking, verb: str) -> bool:
    if asking.dossier.case is None:
        return False
    grounds = grounds_on_case(
        asking.viewer, facts_of(asking.dossier.case, asking.now, meeting=asking.dossier.meeting)
    )
    return bool(grounds & (PAPERS[verb] if verb in PAPERS else grounds_for(verb)))


def _given(asking: Asking, verb: str) -> bool:
    given = asking.dossier.given
    if asking.dossier.case is None or given is None:
        return False
    facts = facts_of(asking.dossier.case, asking.now, meeting=asking.dossier.meeting)
    facts = replace(facts, given=frozenset({given.person_id} if given.person_id else ()))
    return bool(grounds_on_case(asking.viewer, facts) & PAPERS[verb])


def _request(asking: Asking, verb: str) -> bool:
    request = asking.dossier.request
    grounds = grounds_on_request(asking.viewer, facts_of_request(request, asking.viewer, asking.now))
    return bool(grounds & ALLOWED_ON_REQUEST[verb])


def _register(asking: Asking, verb: str) -> bool:
    agency = register_of(asking.world, asking.dossier).agency
    return bool(asking.person and ground_on(verb, agency, by=asking.person, now=asking.now))


def _run(asking: Asking, verb: str) -> bool:
    agencies = (asking.world.run.one.agency, asking.world.run.other.agency)
    return all(asking.person and ground_on(verb, each, by=asking.person, now=asking.now) for each in agencies)


def _own_agency(asking: Asking, verb: str) -> bool:
    return bool(asking.person and ground_on(verb, asking.person.agency, by=asking.person, now=asking.now))


def _threshold(asking: Asking, verb: str) -> bool:
    return any(asking.person and may_with_threshold(each, asking.person, asking.now) for each in verb.split())


def register_of(world: World, dossier: Dossier) -> Register:
    """The register of the place that a record is of."""
    return world.registers["other agency" if dossier.situation == "other agency" else "own"]


GATES: dict[str, Gate] = {
    "own account": _account,
    "own list": _account,
    "list for roles": _roles,
    "draft": _draft,
    "contact": lambda asking, verb: all(asking.on_contact(each) for each in verb.split()),
    "known person": lambda asking, verb: asking.on_contact(verb),
    "kept record": lambda asking, verb: asking.on_contact(verb),
    "subject access": lambda asking, verb: asking.on_contact(verb),
    "restricted contact": _restricted,
    "restriction": _restriction,
    "emergency": _emergency,
    "case": _case,
    "meeting": _meeting,
    "given paper": _given,
    "request": _request,
    "register": _register,
    "linking run": _run,
    "own agency's register": _own_agency,
    "threshold": _threshold,
    "sample": lambda asking, verb: False,  # the world has no sample: tests/web/reviewing/test_auditing.py
}
