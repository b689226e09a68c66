"""Which samples there are, whose turn it is, and how far they are. Nothing here tells what anybody chose."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from openmash.apps.access.sample_grounds import grounds_on_sampled
from openmash.apps.access.wall.passing import seeing_everything
from openmash.apps.case_audit.models import Auditor, Sample, Sampled, Verdict
from openmash.apps.case_audit.permission import facts_of_sampled, put_before, viewer_at
from openmash.apps.directory.models import Person
from openmash.apps.policy.blind import places
from openmash.apps.policy.permission import may


@dataclass(frozen=True)
class Progress:
    """How many judgements are in, of how many that can be given."""

    judged: int
    to_judge: int

    @property
    def is_complete(self) -> bool:
        return self.judged >= self.to_judge


@dataclass(frozen=True)
class SampleSeen:
    """A sample for one person: `mine` how far they are themselves (None: not asked), `all` only for who leads."""

    pk: int
    title: str
    concerns: int
    is_opened: bool
    mine: Progress | None
    all: Progress | None


@seeing_everything("a sampled concern opens by its own gate")
def samples(*, by: Person, now: datetime) -> list[SampleSeen]:
    """The samples this person was asked to judge, and, for whoever leads on the threshold, all of them."""
    leads = may("see_samples", by, now)
    rows = Sample.objects.select_related("opened").prefetch_related("auditors", "concerns")
    mine = set(Auditor.objects.filter(person=by).values_list("sample_id", flat=True))
    return [_seen(row, row.pk in mine, leads, by, now) for row in rows if leads or row.pk in mine]


def _seen(row: Sample, is_asked: bool, leads: bool, by: Person, now: datetime) -> SampleSeen:
    concerns = list(row.concerns.all())
    own = None
    if is_asked:
        judged = Verdict.objects.filter(sample=row, auditor__person=by).count()
        own = Progress(judged, judged + len(_waiting(concerns, by, now)))
    opened = hasattr(row, "opened")
    return SampleSeen(
        row.pk, row.title, len(concerns), opened, own, progress(row.pk, now) if leads and not opened else None
    )


@seeing_everything("a sampled concern opens by its own gate")
def progress(sample_id: int, now: datetime) -> Progress:
    """How far all auditors are together: never who is how far."""
    concerns = list(Sampled.objects.filter(sample_id=sample_id))
    judged = Verdict.objects.filter(sample_id=sample_id).count()
    facts = facts_of_sampled(concerns, now).values()
    done = set(
        Verdict.objects.filter(sample_id=sample_id).values_list("concern__contact_id", "auditor__person_id")
    )
    waiting = 0
    for each in Auditor.objects.filter(sample_id=sample_id, person__is_active=True).select_related("person"):
        viewer = viewer_at(each.person, now)
        waiting += sum(
            bool(grounds_on_sampled(viewer, one))
            and not any(
                str(contact) == one.contact_id and person == each.person_id for contact, person in done
            )
            for one in facts
        )
    return Progress(judged, judged + waiting)


@seeing_everything("a sampled concern opens by its own gate")
def next_position(sample_id: int, by: Person, now: datetime) -> int | None:
    """Where this person goes on, None when nothing is left for them."""
    waiting = {each.number for each in _waiting(list(Sampled.objects.filter(sample_id=sample_id)), by, now)}
    order = _order(sample_id, by)
    return next((position for position, number in enumerate(order, 1) if number in waiting), None)


@seeing_everything("a sampled concern opens by its own gate")
def at_position(sample_id: int, position: int, by: Person) -> Sampled:
    """The concern at a place of this person's own order: their list says nothing to anybody else's.

    Raises:
        Sampled.DoesNotExist: there is no such place.
    """
    order = _order(sample_id, by)
    if not 1 <= position <= len(order):
        raise Sampled.DoesNotExist
    return Sampled.objects.select_related("contact", "decision__finding").get(
        sample_id=sample_id, number=order[position - 1]
    )


def _order(sample_id: int, by: Person) -> tuple[int, ...]:
    size = Sampled.objects.filter(sample_id=sample_id).count()
    return tuple(each.vignette for each in places(sample_id, by.pk, size) if each.showing == 1)


def _waiting(concerns: Sequence[Sampled], by: Person, now: datetime) -> list[Sampled]:
    """What is put before this person and not yet judged by them."""
    open_to = put_before(concerns, by, now)
    judged = set(
        Verdict.objects.filter(concern__in=concerns, auditor__person=by).values_list("concern_id", flat=True)
    )
    return [each for each in concerns if each.pk in open_to and each.pk not in judged]
