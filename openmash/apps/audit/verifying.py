"""Whether the log is as it was written, and whether writing to it is on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, models, transaction

from openmash.apps.audit.models import Event, Seal, SealedEvent
from openmash.apps.audit.sealing import AS_TEXT, AT_A_TIME, BEFORE_THE_FIRST, digest_after, where_we_are
from openmash.apps.audit.standing import faults_of_guards

MOST_SHOWN = 20
UNSEALED_AT_MOST = timedelta(minutes=15)


@dataclass(frozen=True)
class Anchor:
    """What was kept elsewhere: after so many events the digest was this."""

    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.number} {self.digest}"


def head() -> Anchor:
    """The last link, to be kept elsewhere."""
    last = SealedEvent.objects.order_by("-number").first()
    return Anchor(last.number, last.digest) if last else Anchor(0, BEFORE_THE_FIRST)


def faults_of_the_chain(anchors: list[Anchor]) -> list[str]:
    """Walk the whole chain from the first link. Empty when every event is there, as it was, and none is too many."""
    found = list(_walk({anchor.number: anchor for anchor in anchors}))
    last = head()
    found += [
        f"At {anchor.number:,} events a digest was kept elsewhere; the chain has only {last.number:,}."
        for anchor in anchors
        if anchor.number > last.number
    ]
    return [*found, *_put_in_afterwards(), *_seals()]


def _walk(anchors: dict[int, Anchor]) -> Iterator[str]:
    digest, expected, shown = BEFORE_THE_FIRST, 1, 0
    # A named cursor lives in a transaction; the rows come in lots, however long the log is.
    with transaction.atomic(), connection.connection.cursor(name="audit_walk") as cursor:
        cursor.itersize = AT_A_TIME
        cursor.execute(
            f"SELECT l.number, l.event_id, l.digest, e.id IS NULL, {AS_TEXT}"  # noqa: S608 -- AS_TEXT is ours
            " FROM audit_sealedevent l LEFT JOIN audit_event e ON e.id = l.event_id ORDER BY l.number"
        )
        for number, event_id, kept, is_gone, text in cursor:
            faults = []
            if number != expected:
                faults.append(f"Links {expected:,} to {number - 1:,} are missing from the chain.")
            if is_gone:
                faults.append(f"Event {event_id} (link {number:,}) was removed.")
            elif digest_after(digest, text) != kept:
                faults.append(f"Event {event_id} (link {number:,}), or a link before it, was changed.")
            if number in anchors and anchors[number].digest != kept:
                faults.append(
                    f"The digest kept elsewhere for {number:,} events is another: the chain was made anew."
                )
            digest, expected = kept, number + 1
            yield from faults
            shown += len(faults)
            if shown >= MOST_SHOWN:
                yield "There is more; the walk was ended here."
                return


def _put_in_afterwards() -> Iterator[str]:
    """Events of a transaction that had ended when its time was sealed, and which no link holds."""
    last = Seal.objects.order_by("-number").first()
    if last is None or last.cluster != where_we_are()[0]:
        return
    unknown = Event.objects.filter(transaction__lt=last.horizon).exclude(
        models.Exists(SealedEvent.objects.filter(event_id=models.OuterRef("id")))
    )
    for event in unknown[:MOST_SHOWN]:
        yield f"Event {event.pk} was put in after its time had been sealed."


def _seals() -> Iterator[str]:
    for one in Seal.objects.exclude(last_link=0).iterator():
        if not SealedEvent.objects.filter(number=one.last_link, digest=one.digest).exists():
            yield f"Seal {one.number} does not fit the chain at link {one.last_link:,}."


def faults_of_writing(now: datetime) -> list[str]:
    """Whether the database would refuse a write without an event, and whether sealing keeps up."""
    return [*faults_of_guards(), *_not_sealed(now)]


def _not_sealed(now: datetime) -> Iterator[str]:
    waiting = Event.objects.filter(written_at__lt=now - UNSEALED_AT_MOST).exclude(
        models.Exists(SealedEvent.objects.filter(event_id=models.OuterRef("id")))
    )
    newest = Seal.objects.order_by("-number").first()
    if newest is not None and newest.cluster == where_we_are()[0]:
        waiting = waiting.filter(transaction__gte=newest.horizon)
    if count := waiting.count():
        yield (
            f"{count:,} events are older than {UNSEALED_AT_MOST.seconds // 60} minutes and not sealed: is"
            " “manage.py seal_audit” run by a timer, and is a transaction left open?"
        )
