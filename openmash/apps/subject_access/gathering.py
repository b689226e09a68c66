"""Everything of a record that can be given to whoever it is about, piece by piece, and what is proposed for each."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.apps import apps
from django.db.models import DateField, DateTimeField, Field, JSONField, Model, Q, QuerySet, TextField

from openmash.apps.casework.models import CameFrom, Case, Meeting, MeetingAbout, View
from openmash.apps.concerns.models import Contact, Part
from openmash.apps.documents.models import Document
from openmash.apps.families.models import Description, NameSaid, RelationshipSaid
from openmash.apps.families.queries.linked import same_person_as
from openmash.apps.keeping.kinds import RecordKind
from openmash.apps.keeping.parts import Row, parts_of, parts_of_meeting
from openmash.apps.papers.models import Given, Paper
from openmash.apps.subject_access.rules import DISCLOSE, REDACT, WITHHOLD, without

NOT_OF_THE_PERSON = frozenset({"keeping", "subject_access", "access", "case_audit"})
"""How the service looks after the record: holds, requests, who is kept out of it, and a blind audit of the decision,
which nobody reads before its outcome is opened. None of it is about the person."""

SECRET = frozenset({"code_hash"})
OF_OTHERS = ("name", "other_names", "telephone")


@dataclass(frozen=True)
class Around:
    """Who the request is about, the work and meetings that are about nobody else, and the names of everybody else."""

    subject: frozenset[UUID]
    cases: frozenset[UUID]
    meetings: frozenset[UUID]
    own: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class Words:
    """One piece: what kind of row it is, its words, and what is proposed, with the words that would then leave."""

    table: str
    row: str
    kind: str
    text: str
    proposed: str
    redacted: str


def gathered(contact_id: UUID, subject: UUID) -> list[Words]:
    """Every row of the concern, of the work that came of it and of its meetings, that holds words; by table."""
    around = around_of(contact_id, subject)
    cases = set(CameFrom.objects.filter(contact=contact_id).values_list("case", flat=True))
    rows: dict[Row, None] = dict(parts_of(RecordKind.CONTACT, contact_id).rows)
    for case in cases:
        rows |= parts_of(RecordKind.CASE, case).rows
    for meeting in set(MeetingAbout.objects.filter(case__in=cases).values_list("meeting", flat=True)):
        rows |= parts_of_meeting(meeting).rows
    found = [words_of(model._base_manager.get(pk=pk), around) for model, pk in rows if _is_theirs(model)]
    return sorted((each for each in found if each.text), key=lambda each: (each.table, each.row))


def words_again(table: str, row: str, contact_id: UUID, subject: UUID) -> Words:
    """The words of one piece, read afresh."""
    model = apps.get_model(table)
    return words_of(model._base_manager.get(pk=row), around_of(contact_id, subject))


def around_of(contact_id: UUID, subject: UUID) -> Around:
    """The person, and the names and numbers of everybody else."""
    same = same_person_as(subject) | {subject}
    contact = Contact.objects.get(pk=contact_id)
    own, others = (
        _names(Description.objects.filter(pk__in=same)),
        _names(_described(contact_id).exclude(pk__in=same)),
    )
    if contact.raised_by is None:
        others += [contact.raiser_name, contact.raiser_contact]
    cases = frozenset(Case.objects.filter(child__in=same).values_list("pk", flat=True))
    about = MeetingAbout.objects.filter(case__in=cases)
    with_others = MeetingAbout.objects.exclude(case__in=cases).values("meeting")
    meetings = frozenset(about.exclude(meeting__in=with_others).values_list("meeting", flat=True))
    return Around(frozenset(same), cases, meetings, tuple(filter(None, own)), tuple(filter(None, others)))


def _described(contact_id: UUID) -> QuerySet[Description]:
    """Everybody described in the concern, in others that the work goes back to, or spoken of at the same table."""
    cases = CameFrom.objects.filter(contact=contact_id).values("case")
    meetings = MeetingAbout.objects.filter(case__in=cases).values("meeting")
    at_table = Q(meetings__meeting__in=meetings) | Q(pk__in=cases)
    contacts = {contact_id, *CameFrom.objects.filter(case__in=cases).values_list("contact", flat=True)}
    parts = Part.objects.filter(contact__in=contacts).values("description")
    children = Case.objects.filter(at_table).values("child")
    return Description.objects.filter(Q(pk__in=parts) | Q(pk__in=children))


def _names(described: QuerySet[Description]) -> list[str]:
    """Names and telephone numbers, as first described and as said since."""
    told = [text for row in described.values_list(*OF_OTHERS) for text in row]
    said = NameSaid.objects.filter(description__in=described).values_list("given", "family")
    return [*told, *(" ".join(filter(None, pair)) for pair in said)]


def words_of(row: Model, around: Around) -> Words:
    """The words of one row and what is proposed for it. A person decides."""
    text = "\n".join(_lines(row))
    redacted = without(text, around.others, around.own)
    proposed = WITHHOLD if _is_of_another(row, around) else REDACT if redacted != text else DISCLOSE
    return Words(row._meta.label, str(row.pk), str(row._meta.verbose_name), text, proposed, redacted)


def _is_theirs(model: type[Model]) -> bool:
    return model._meta.app_label not in NOT_OF_THE_PERSON


def _is_of_another(row: Model, around: Around) -> bool:
    """Words of or about somebody else as a whole: other people described, work with or meetings about another child,
    parents’ views, a member of the public."""
    if isinstance(row, Description):
        return row.pk not in around.subject
    described = getattr(row, "description_id", None)
    if described is not None:
        return described not in around.subject
    if isinstance(row, RelationshipSaid):
        return not {row.one_id, row.other_id} <= around.subject
    case, meeting = _about(row, Case, "case_id"), _about(row, Meeting, "meeting_id")
    if (case is not None and case not in around.cases) or (
        meeting is not None and meeting not in around.meetings
    ):
        return True
    if isinstance(row, View):
        return row.whose != "child"
    return isinstance(row, Document) or (isinstance(row, Contact) and row.raised_by_id is None)


def _about(row: Model, whole: type[Model], name: str) -> UUID | None:
    """The case or meeting that a row is, or hangs on; of what was given of a paper, that of the paper."""
    if isinstance(row, whole):
        return row.pk
    return getattr(row.paper if isinstance(row, Given) else row, name, None)


def _lines(row: Model) -> Iterator[str]:
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if value and field.name not in SECRET and _says_something(row, field):
            name = str(field.verbose_name).capitalize()
            words = "; ".join(_texts(value)) if isinstance(value, dict | list) else str(value).strip()
            if words:
                yield f"{name}: {words}"


def _says_something(row: Model, field: "Field[object, object]") -> bool:
    if isinstance(field, JSONField):
        return isinstance(row, Paper)
    if isinstance(field, DateField) and not isinstance(field, DateTimeField):
        return isinstance(row, Description)
    return isinstance(field, TextField) or (isinstance(row, Document) and field.name == "name")


def _texts(value: object) -> Iterator[str]:
    """Every text in minutes, in their order."""
    if isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, str) and value.strip():
        yield value.strip()
