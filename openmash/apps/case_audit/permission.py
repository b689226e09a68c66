"""Whether somebody may read or judge a sampled concern, and the note that they did."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from openmash.apps.access.grounds import Ground, Viewer
from openmash.apps.access.queries import restrictions_on
from openmash.apps.access.sample_grounds import SampledFacts, ground_on_sampled, grounds_on_sampled
from openmash.apps.access.viewers import viewer_of
from openmash.apps.audit.actions import record
from openmash.apps.case_audit.models import Opened, Sampled
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.models import Answer, Contact, Decision, SecondWord, SignRecorded
from openmash.apps.directory.models import Person

SUBJECT = "case_audit"


def facts_of_sampled(concerns: Collection[Sampled], now: datetime) -> Mapping[int, SampledFacts]:
    """For each concern of one sample, by its key, all that access needs to know."""
    if not concerns:
        return {}
    sample = next(iter(concerns)).sample_id
    contacts = {each.contact_id for each in concerns}
    hands = _hands(contacts)
    restricted = set(
        restrictions_on(day_of(now)).filter(contact_id__in=contacts).values_list("contact_id", flat=True)
    )
    auditors = frozenset(
        Sampled.objects.filter(sample_id=sample).values_list("sample__auditors__person_id", flat=True)
    )
    is_opened = Opened.objects.filter(sample_id=sample).exists()
    return {
        each.pk: SampledFacts(
            contact_id=str(each.contact_id),
            auditors=auditors,
            had_a_hand=frozenset(hands.get(each.contact_id, ())),
            is_restricted=each.contact_id in restricted,
            is_opened=is_opened,
        )
        for each in concerns
    }


def _hands(contacts: Collection[UUID]) -> Mapping[UUID, set[int]]:
    """Whoever raised, screened, decided, agreed, answered or added a sign: they know what came of it."""
    found: dict[UUID, set[int]] = {}
    for contact, raiser, screener in Contact.objects.filter(pk__in=contacts).values_list(
        "pk", "raised_by_id", "screener_id"
    ):
        found.setdefault(contact, set()).update(one for one in (raiser, screener) if one)
    for model in (Decision, SecondWord, SignRecorded, Answer):
        # Each of these tables says of which contact it is, and by whom.
        rows = model._default_manager.filter(contact_id__in=contacts).values_list("contact_id", "by_id")
        for contact, by in rows:
            if by:
                found.setdefault(contact, set()).add(by)
    return found


def viewer_at(by: Person, now: datetime) -> Viewer:
    """Somebody with the roles they hold at this moment."""
    return viewer_of(by, day_of(now))


def put_before(concerns: Collection[Sampled], by: Person, now: datetime) -> frozenset[int]:
    """The keys of the concerns that this person may judge blind."""
    viewer = viewer_at(by, now)
    facts = facts_of_sampled(concerns, now)
    return frozenset(pk for pk, each in facts.items() if by.is_active and grounds_on_sampled(viewer, each))


def permitted_on(verb: str, concern: Sampled, by: Person, now: datetime) -> Ground:
    """The ground on which `by` may do this with a sampled concern.

    Raises:
        Refused: there is none.
    """
    return ground_on_sampled(viewer_at(by, now), verb, facts_of_sampled([concern], now)[concern.pk])


def note_down(
    sample: int, verb: str, *, by: Person, ground: str, now: datetime, detail: dict[str, object] | None = None
) -> None:
    """Write an event about this sample."""
    record(by=by, verb=verb, subject_kind=SUBJECT, subject_id=sample, ground=ground, now=now, detail=detail)


def note_look(concern: Sampled, *, by: Person, ground: str, now: datetime) -> None:
    """Write in the log of the record itself that it was read for audit: whoever asks who looked, sees it."""
    record(
        by=by,
        verb="see_sampled",
        subject_kind="contact",
        subject_id=concern.contact_id,
        ground=ground,
        now=now,
        detail={"sample": concern.sample_id},
    )
