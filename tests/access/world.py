"""A small world with one whole record for each way in which somebody may stand to it, made by the real actions.

Every text that is told carries a mark of its record, such as `MARK-sealed`, so that it is known wherever it turns up.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.utils import timezone

from openmash.apps.access.models import ConflictDeclared, EmergencyAccess, Restriction
from openmash.apps.casework.actions import meetings, stages
from openmash.apps.casework.models import Case, Meeting
from openmash.apps.casework.rules import Said
from openmash.apps.concerns.actions.drafts import start_draft
from openmash.apps.concerns.actions.restricting import declare_conflict, open_in_emergency, restrict
from openmash.apps.concerns.actions.screening import add_information
from openmash.apps.concerns.models import AskedElsewhere, Contact, Draft, SignRecorded
from openmash.apps.directory.models import Agency, Person, RoleHeld
from openmash.apps.families.models import Description
from openmash.apps.families.queries.linked import known_person_of_each
from openmash.apps.papers.actions.attaching import attach_to_case
from openmash.apps.papers.actions.giving import give_paper, keep_paper
from openmash.apps.papers.actions.letters import write_letter
from openmash.apps.papers.models import CaseDocument, Given, Letter, Paper
from openmash.apps.papers.occasion import Occasion
from openmash.apps.papers.occasions import occasions_of
from openmash.apps.policy.models import Draft as ThresholdDraft
from openmash.apps.policy.models import Round
from openmash.apps.registers.models import LinkingRun, Register
from openmash.apps.sharing.actions.answering import answer_request
from openmash.apps.sharing.actions.asking import Ask, ask_information
from openmash.apps.sharing.models import Request
from openmash.apps.sharing.queries.to_ask import OnRecord
from openmash.apps.sharing.rules import Answered
from tests import files
from tests.access.around import policy_work, registers
from tests.apps import journey
from tests.apps.casework import working
from tests.apps.papers import writing
from tests.cast import MONDAY, Cast, child, make_cast

SITUATIONS = ("own", "other agency", "restricted", "conflicted", "closed", "sealed")
"""`sealed` is a restricted concern from which no work came; `restricted` is one whose work goes on."""

CONFLICTED = ("screener", "manager", "adviser", "head")
MORE = (
    ("teacher_there", "Southmere Primary School", "school", ""),
    ("police_there", "Southmere Police", "police", ""),
    ("visitor_there", "Southmere Health Visiting", "health_visiting", ""),
    ("gp_there", "Southmere Surgery", "gp", ""),
    ("lead_there", "Southmere Primary School", "school", "safeguarding_lead"),
    ("manager_there", "Southmere Children's Services", "childrens_social_care", "manager"),
    ("social_worker_there", "Southmere Children's Services", "childrens_social_care", "social_worker"),
    ("chair_there", "Southmere Children's Services", "childrens_social_care", "conference_chair"),
)
THERE = {
    "teacher": "teacher_there",
    "police_officer": "police_there",
    "health_visitor": "visitor_there",
    "gp": "gp_there",
    "safeguarding_lead": "lead_there",
    "screener": "screener_elsewhere",
    "manager": "manager_there",
    "social_worker": "social_worker_there",
    "team_manager": "team_manager_elsewhere",
    "chair": "chair_there",
}


@dataclass
class Dossier:
    """One record with everything that hangs on it. What a situation does not have is None."""

    situation: str
    contact: Contact
    request: Request
    case: Case | None = None
    meeting: Meeting | None = None
    paper: Paper | None = None
    given: Given | None = None
    letter: Letter | None = None
    document: CaseDocument | None = None
    restriction: Restriction | None = None
    emergency: EmergencyAccess | None = None
    conflict: ConflictDeclared | None = None

    @cached_property
    def occasion(self) -> Occasion | None:
        """Something of which a letter can be written."""
        return occasions_of(self.case)[0] if self.case else None

    @property
    def mark(self) -> str:
        return mark(self.situation)

    @cached_property
    def described(self) -> Description:
        return self.contact.parts.get(role="subject").description

    @cached_property
    def known_person(self) -> UUID | None:
        return known_person_of_each([self.described.pk]).get(self.described.pk)

    @cached_property
    def sign(self) -> SignRecorded | None:
        return SignRecorded.objects.filter(contact=self.contact).first()

    @cached_property
    def asked_elsewhere(self) -> AskedElsewhere | None:
        return AskedElsewhere.objects.filter(theirs__contact_id=self.contact.pk).first()


@dataclass
class World:
    """Everybody, and a record for each situation."""

    cast: Cast
    draft: Draft
    threshold_draft: ThresholdDraft
    round: Round
    registers: dict[str, Register]
    run: LinkingRun
    dossiers: dict[str, Dossier] = field(default_factory=dict)


def mark(situation: str) -> str:
    """The word by which a text of this record is known anywhere."""
    return f"MARK-{situation.replace(' ', '-')}-MARK"


def make_world() -> World:
    """Everything there is before anybody asks."""
    cast = make_cast()
    for name, agency, kind, role in MORE:
        cast.people[name] = _somebody(cast, name, agency, kind, role)
    writing.adopted_letters()
    there = replace(
        cast,
        here=cast.elsewhere,
        elsewhere=cast.here,
        people={**cast.people, **{part: cast.people[who] for part, who in THERE.items()}},
    )
    draft = start_draft(
        kind="concern", by=cast.teacher, pages={"happening": {"account": [mark("draft")]}}, now=MONDAY
    )
    threshold_draft, calibration = policy_work(cast)
    kept, run = registers(cast)
    world = World(cast, draft, threshold_draft, calibration, kept, run)
    for situation in SITUATIONS:
        people = there if situation == "other agency" else cast
        world.dossiers[situation] = _dossier(people, situation)
    _close_to_some(cast, world.dossiers)
    _told_again_elsewhere(there)
    return world


@contextmanager
def unscanned_documents(folder: str) -> Iterator[None]:
    """Documents lie in `folder`, and are opened without a scanner: who may open them is what is looked at here."""
    before = settings.OPENMASH_DOCUMENTS_FOLDER, settings.OPENMASH_OPEN_UNSCANNED
    settings.OPENMASH_DOCUMENTS_FOLDER, settings.OPENMASH_OPEN_UNSCANNED = folder, True
    try:
        yield
    finally:
        settings.OPENMASH_DOCUMENTS_FOLDER, settings.OPENMASH_OPEN_UNSCANNED = before


def _somebody(cast: Cast, name: str, agency_name: str, kind: str, role: str) -> Person:
    agency, _made = Agency.objects.get_or_create(
        name=agency_name, defaults={"kind": kind, "locality": cast.elsewhere}
    )
    person = Person.objects.create_user(
        email=f"{name.replace('_', '.')}@example.org",
        name=name.replace("_", " ").title(),
        job_title="At work",
        agency=agency,
        is_persona=True,
    )
    if role:
        RoleHeld.objects.create(person=person, role=role, locality=cast.elsewhere, starts=date(2020, 1, 1))
    return person


NAMES = {
    "own": "Wilhelmina Thistlewood",
    "other agency": "Bartholomew Okonkwo",
    "restricted": "Seraphina Drinkwater",
    "conflicted": "Maximilian Featherstone",
    "closed": "Evangeline Popplewell",
    "sealed": "Petronella Quillfeather",
}


def _told(situation: str) -> dict[str, Any]:
    described = child(
        NAMES[situation],
        born_on=date(2017, 1 + SITUATIONS.index(situation), 11),
        address=f"1 {mark(situation)} Lane",
        school=mark(situation),
    )
    return {"parts": (described,), "account": f"I saw this: {mark(situation)}."}


def _dossier(cast: Cast, situation: str) -> Dossier:
    told = _told(situation)
    if situation == "sealed":
        contact = journey.screening(cast, "A06", **told)
        add_information(
            contact_id=contact.pk, text=f"New: {mark(situation)}", by=cast.teacher, now=journey.NOW
        )
        return Dossier(situation, contact, _request(cast, contact))
    case, meeting = _conference(cast, situation, told)
    contact = case.camefrom_set.get().contact
    paper = keep_paper(meeting_id=meeting.pk, kind="minutes", by=cast.chair, now=writing.HELD)
    given = give_paper(
        paper_id=paper.pk,
        people=[cast.police_officer],
        family=[],
        parts=[part["key"] for part in paper.content["parts"]][:2],
        reason="They were there.",
        by=cast.chair,
        now=writing.HELD,
    )
    about = occasions_of(case)[0]
    letter = write_letter(
        case_id=case.pk,
        kind=about.kind,
        key=about.key,
        to="child",
        addressee=NAMES[situation],
        by=cast.social_worker,
        now=timezone.now(),
    )
    document = attach_to_case(
        case_id=case.pk,
        name=f"{mark(situation)}.pdf",
        pieces=[files.PDF + mark(situation).encode()],
        what=f"Letter {mark(situation)}",
        by=cast.social_worker,
        now=writing.HELD,
    )
    return Dossier(
        situation, contact, _request(cast, contact), case, meeting, paper, given[0], letter, document
    )


def _conference(cast: Cast, situation: str, told: dict[str, Any]) -> tuple[Case, Meeting]:
    """As in `tests.apps.papers.writing`, of a child of its own, and every text with the mark."""
    said = {
        "reason": f"Decided because {mark(situation)}.",
        "views": {"child": Said(text=mark(situation)), "parents": working.VIEWS["parents"]},
    }
    case = _enquiry(cast, told, said)
    working.go(case, "finish_enquiry", "conference", cast.team_manager, writing.LATER, **said)
    meeting = working.called(cast, case, "initial_conference", cast.social_worker, writing.LATER)
    for name in writing.SAID:
        meetings.make_entry(
            meeting_id=meeting.pk, text=mark(situation), by=cast.people[name], now=writing.LATER
        )
    working.held(cast, meeting, cast.chair, writing.HELD)
    plan = situation != "closed"
    working.decide(
        meeting, case, "plan" if plan else "no_plan", cast.chair, writing.HELD, **said,
        **({} if plan else {"goes_on": "child_in_need_plan"}),
    )  # fmt: skip
    meetings.end_meeting(meeting_id=meeting.pk, summary=mark(situation), by=cast.chair, now=writing.HELD)
    case.refresh_from_db()
    if not plan:
        stages.close(
            case_id=case.pk,
            seen_version=None,
            written=working.written(**said),
            tell=[cast.teacher],
            by=cast.team_manager,
            now=writing.HELD + working.HOUR,
        )
        case.refresh_from_db()
    return case, meeting


def _enquiry(cast: Cast, told: dict[str, Any], said: dict[str, Any]) -> Case:
    case = working.led(cast, **told)
    meeting = working.called(cast, case, "strategy_discussion", cast.social_worker)
    later = working.THEN + 2 * working.HOUR
    working.held(cast, meeting, cast.team_manager, later)
    working.decide(meeting, case, "enquiry", cast.team_manager, later, **said)
    meetings.end_meeting(meeting_id=meeting.pk, summary="", by=cast.team_manager, now=later)
    case.refresh_from_db()
    return case


def _request(cast: Cast, contact: Contact) -> Request:
    """The front door asks the school's lead, who answers."""
    situation = next(
        each for each in NAMES if NAMES[each] == contact.parts.get(role="subject").description.name
    )
    request = ask_information(
        request_id=uuid4(),
        on=OnRecord("contact", contact.pk),
        ask=Ask(
            asked_agency_id=cast.safeguarding_lead.agency_id,
            asked_person_id=None,
            told=(f"{contact.parts.get(role='subject').description_id}:name",),
            questions=("How has attendance been?", "Who collects the child?"),
            why=mark(situation),
            grounds=("public_task", "s10"),
            family="not_safe",
            family_said=mark(situation),
            by_when="days_1",
        ),
        by=cast.screener,
        now=journey.NOW,
    )
    first = request.item_set.order_by("number")[0]
    answer_request(
        request_id=request.pk,
        answered=[Answered(first.pk, "answered", mark(situation))],
        note="",
        grounds=("public_task",),
        seen_version=None,
        by=cast.safeguarding_lead,
        now=journey.NOW + timedelta(hours=1),
    )
    request.refresh_from_db()
    return request


def _close_to_some(cast: Cast, dossiers: dict[str, Dossier]) -> None:
    for name in ("restricted", "sealed"):
        kept = dossiers[name]
        kept.restriction = restrict(
            contact_id=kept.contact.pk,
            kind="staff",
            reason=f"Her aunt works here: {kept.mark}",
            owner=cast.manager,
            named=[cast.screener],
            ends_on=(MONDAY + 60 * working.DAY).date(),
            by=cast.manager,
            now=journey.NOW,
        )
        # An emergency of the same Monday: over by the day on which the tests ask.
        kept.emergency = open_in_emergency(
            contact_id=kept.contact.pk, reason=kept.mark, by=cast.second_screener, now=journey.NOW
        )
    known = dossiers["conflicted"]
    for name in CONFLICTED:
        if name != "adviser":
            declare_conflict(
                contact_id=known.contact.pk, reason=known.mark, by=cast.people[name], now=journey.NOW
            )
    known.conflict = ConflictDeclared.objects.get(person=cast.screener)


def _told_again_elsewhere(there: Cast) -> None:
    """Another front door hears of the child behind the sealed record: it may learn only whom to ask."""
    told = _told("sealed")["parts"][0]
    again = replace(told, person=replace(told.person, address="", school=""))
    journey.raised(there, "A06", parts=(again,), account="Told in Southmere.", now=journey.NOW)
