"""The papers beside the work with one child: documents, letters, and the minutes of its meetings."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.audit.actions import record
from openmash.apps.casework.models import Case, Meeting
from openmash.apps.casework.queries.opened import agencies_that_took_part
from openmash.apps.casework.unborn import NO_NAME_YET, name_of
from openmash.apps.concerns.models import Role
from openmash.apps.directory.models import Person
from openmash.apps.documents.queries import Standing, standing_of
from openmash.apps.papers.actions.letters import Drafted, draft_letter, letters_in_force
from openmash.apps.papers.actions.noting import note
from openmash.apps.papers.contents import somebody
from openmash.apps.papers.models import CaseDocument, Letter
from openmash.apps.papers.occasion import Occasion
from openmash.apps.papers.occasions import occasions_of
from openmash.apps.papers.permission import may_on_case, permitted_on_case
from openmash.engines.letters import parse


@dataclass(frozen=True)
class Addressee:
    """Somebody a letter can be written to. `key` says who in an address of a page."""

    key: str
    to: str
    name: str


@dataclass(frozen=True)
class CasePapers:
    """What lies beside the work with a child, and what may be done."""

    case: Case
    child: str
    documents: tuple[tuple[CaseDocument, Standing], ...]
    letters: tuple[Letter, ...]
    meetings: tuple[Meeting, ...]
    occasions: tuple[Occasion, ...]
    can_attach: bool
    can_write: bool


@seeing_everything("opened with the work: the gate of the work decides")
@transaction.atomic
def papers_of_case(case_id: UUID, *, by: Person, now: datetime) -> CasePapers:
    """Open the papers of a case.

    Raises:
        Case.DoesNotExist: there is no such case.
        Refused: this person has no part in it.
    """
    case = _opened("see_case_papers", case_id, by, now)
    documents = case.documents.select_related("document__scan", "by__agency")
    return CasePapers(
        case=case,
        child=name_of(case),
        documents=tuple((each, standing_of(each.document)) for each in documents),
        letters=tuple(case.letters.select_related("by__agency", "template")),
        meetings=tuple(about.meeting for about in case.meetings.select_related("meeting")),
        occasions=tuple(occasions_of(case)) if may_on_case("write_letter", case, by, now) else (),
        can_attach=may_on_case("attach_to_case", case, by, now),
        can_write=may_on_case("write_letter", case, by, now),
    )


@seeing_everything("opened with the work: the gate of the work decides")
def readers_of(occasion: Occasion, *, now: datetime) -> frozenset[str]:
    """For which kinds of reader the letters in force have a text on this occasion.

    Raises:
        NotPossibleNow: none has been adopted.
    """
    templates = parse(letters_in_force(now).texts).templates
    return frozenset(to for kind, to in templates if kind == occasion.kind)


@seeing_everything("opened with the work: the gate of the work decides")
def addressees_of(case: Case, occasion: Occasion | None = None) -> list[Addressee]:
    """The parents and carers by name, the child, and the people of agencies who took part: all from the record.

    On an occasion that concerns another area it is that area, instead of the agencies here.
    """
    parents = {
        part.description.name
        for came in case.camefrom_set.select_related("contact")
        for part in came.contact.parts.filter(role__in=[Role.PARENT, Role.CARER]).select_related(
            "description"
        )
        if part.description.name
    }
    found = [Addressee(f"parents:{name}", "parents", name) for name in sorted(parents)]
    if not found:
        child = name_of(case)
        child = "the baby" if child == NO_NAME_YET else child
        found.append(Addressee("parents:", "parents", f"parents or carers of {child}"))
    found.append(Addressee("child:", "child", name_of(case)))
    if occasion is not None and occasion.area:
        area = f"Children’s social care, {occasion.area}"
        return [Addressee("area:", "agency", area), *found]
    return [
        *found,
        *(Addressee(f"agency:{each.pk}", "agency", somebody(each)) for each in agencies_that_took_part(case)),
    ]


@seeing_everything("opened with the work: the gate of the work decides")
@transaction.atomic
def letter_to_be(
    case_id: UUID, *, kind: str, key: str, addressee: Addressee, by: Person, now: datetime
) -> Drafted:
    """What a letter would say, before it is kept.

    Raises:
        Refused, NotPossibleNow.
    """
    case = _opened("write_letter", case_id, by, now, looks=True)
    return draft_letter(case, kind=kind, key=key, to=addressee.to, addressee=addressee.name, by=by, now=now)


@seeing_everything("opened with the work: the gate of the work decides")
@transaction.atomic
def open_letter(letter_id: UUID, *, by: Person, now: datetime) -> Letter:
    """One letter.

    Raises:
        Letter.DoesNotExist, Refused.
    """
    letter = Letter.objects.select_related("case__child", "case__locality", "by__agency", "template").get(
        pk=letter_id
    )
    ground = permitted_on_case("see_letter", letter.case, by, now)
    note("letter", letter, "see_letter", by=by, ground=ground, now=now)
    return letter


def _opened(verb: str, case_id: UUID, by: Person, now: datetime, *, looks: bool = False) -> Case:
    case = Case.objects.select_related("child", "locality").get(pk=case_id)
    ground = permitted_on_case(verb, case, by, now)
    seen = "see_case_papers" if looks else verb
    record(by=by, verb=seen, subject_kind="case", subject_id=case.pk, ground=ground, now=now)
    return case
