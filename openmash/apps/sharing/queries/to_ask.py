"""What somebody needs who wants to ask another agency: about whom, which details may go with it, what was asked before.

A request is made on account of a contact or of a case. `opened_to_ask` is the one gate to either.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db import transaction

from openmash.apps.access.errors import Refused
from openmash.apps.access.request_grounds import ASKS_ON_A_CASE
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.audit.actions import record
from openmash.apps.casework.models import Case
from openmash.apps.casework.standing import permitted as permitted_on_case
from openmash.apps.concerns.models import Contact, Part
from openmash.apps.concerns.permission import permitted as permitted_on_contact
from openmash.apps.concerns.queries.wanted import Wanted, wanted_on
from openmash.apps.directory.models import Person
from openmash.apps.families.models import Description
from openmash.apps.sharing.models import Request


@dataclass(frozen=True)
class OnRecord:
    """The contact or case on account of which somebody asks."""

    kind: Literal["contact", "case"]
    id: UUID


@dataclass(frozen=True)
class RecordOpened:
    """The record, open to this person on this ground. One of `contact` and `case` is there."""

    on: OnRecord
    contact: Contact | None
    case: Case | None
    ground: str

    @property
    def reference(self) -> str:
        record_opened = self.contact or self.case
        return record_opened.reference if record_opened is not None else ""

    @property
    def parts(self) -> list[Part]:
        """The people described with it; with a case, those of the contact that described its child."""
        contact_id, first = self.on.id, None
        if self.case is not None:
            contact_id, first = self.case.child.contact_id, self.case.child_id
        parts = Part.objects.filter(contact_id=contact_id).select_related("description").order_by("id")
        return sorted(parts, key=lambda part: part.description_id != first)

    def note(self, verb: str, *, by: Person, now: datetime, detail: dict[str, Any] | None = None) -> None:
        """Write an event about the record."""
        record(
            by=by,
            verb=verb,
            subject_kind=self.on.kind,
            subject_id=self.on.id,
            ground=self.ground,
            now=now,
            detail=detail,
        )


@dataclass(frozen=True)
class Detail:
    """One thing that may go with a request, in the words in which it would leave."""

    key: str
    label: str
    text: str
    names_a_child: bool = False


@dataclass(frozen=True)
class ToAsk:
    """All that the pages show before somebody asks: details, what the threshold wants known, earlier requests.

    `may_ask` is whether this person may; others may only look.
    """

    opened: RecordOpened
    children: tuple[str, ...]
    details: tuple[Detail, ...]
    wanted: tuple[Wanted, ...]
    requests: tuple[Request, ...]
    may_ask: bool


@seeing_everything("the gate decides row by row, and says why not")
def opened_to_ask(on: OnRecord, *, by: Person, now: datetime, verb: str = "ask_information") -> RecordOpened:
    """The record, if `by` may ask on account of it; with another verb, if they may do that.

    Raises:
        Contact.DoesNotExist, Case.DoesNotExist: there is none.
        Refused: this person may not.
    """
    if on.kind == "contact":
        contact = Contact.objects.select_related("locality").get(pk=on.id)
        return RecordOpened(on, contact, None, permitted_on_contact(verb, contact, by, now))
    case = Case.objects.select_related("child", "locality").get(pk=on.id)
    who = ASKS_ON_A_CASE if verb == "ask_information" else None
    return RecordOpened(on, None, case, permitted_on_case(verb, case, by, now, who=who))


@seeing_everything("the gate decides row by row, and says why not")
@transaction.atomic
def look_to_ask(on: OnRecord, *, by: Person, now: datetime, to_ask: bool = False) -> ToAsk:
    """Open a record for its requests, or `to_ask` on account of it. The look is written down.

    Raises:
        Contact.DoesNotExist, Case.DoesNotExist: there is none.
        Refused: this person may not see it, or not ask.
    """
    if to_ask:
        opened_to_ask(on, by=by, now=now)
    opened = opened_to_ask(on, by=by, now=now, verb="see_as_hub" if on.kind == "contact" else "see_case")
    opened.note("see_requests", by=by, now=now)
    details = tuple(details_of(opened))
    requests = Request.objects.filter(**{on.kind: on.id}).select_related(
        "asked_agency", "asked_person", "by__agency"
    )
    return ToAsk(
        opened=opened,
        children=tuple(each.text for each in details if each.names_a_child),
        details=details,
        wanted=wanted_on(opened.contact, now=now) if opened.contact else (),
        requests=tuple(requests.prefetch_related("item_set__answers")),
        may_ask=_may_ask(on, by, now),
    )


def _may_ask(on: OnRecord, by: Person, now: datetime) -> bool:
    try:
        opened_to_ask(on, by=by, now=now)
    except Refused:
        return False
    return True


def details_of(opened: RecordOpened) -> Iterator[Detail]:
    """What may go with a request, person by person, as described on this record; nothing of it goes by itself."""
    for part in opened.parts:
        described = part.description
        is_child = described.kind != Description.Kind.ADULT
        name = described.name.strip() or "Name not known"
        label = "Name of the child" if is_child else f"Name ({part.get_role_display().lower()})"
        yield Detail(f"{described.pk}:name", label, name, names_a_child=is_child)
        for field, of, text in _known_of(described):
            yield Detail(f"{described.pk}:{field}", f"{of} of {name}", text)


def _known_of(described: Description) -> Iterator[tuple[str, str, str]]:
    if described.born_on is not None:
        about = "about " if described.born_on_is_approximate else ""
        yield "born_on", "Date of birth", f"{about}{described.born_on:%-d %B %Y}"
    elif described.about_age is not None:
        yield "about_age", "Age", f"about {described.about_age}, said on {described.described_at:%-d %B %Y}"
    if described.expected_on is not None:
        yield "expected_on", "Expected date of birth", f"{described.expected_on:%-d %B %Y}"
    address = ", ".join(each.strip() for each in (described.address, described.postcode) if each.strip())
    if address:
        yield "address", "Address", address
    if described.school.strip():
        yield "school", "School or nursery", described.school.strip()
    if described.gp.strip():
        yield "gp", "GP practice", described.gp.strip()
