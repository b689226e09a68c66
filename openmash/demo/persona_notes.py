"""A line for each person that says what a visitor can try as them. Every number is counted on the record."""

from datetime import datetime, time, timedelta

from django.db.models import QuerySet

from openmash.apps.concerns.models import Contact
from openmash.apps.concerns.states import ENDS, Kind, State
from openmash.apps.directory.models import Person, RoleHeld
from openmash.engines.clocks import LONDON

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
CAN = {
    "screening_practitioner": "Try taking a concern, linking it to earlier ones, and deciding it.",
    "manager": "Try agreeing to a decision, or sending it back.",
    "adviser": "Try answering a request.",
    "head_of_service": "Try answering a disagreement at the third step.",
    "safeguarding_partner": "Try answering a disagreement at the fourth and last step.",
    "policy_lead": "Try beginning a new version of the threshold, and replaying it over the past.",
    "social_worker": "Try calling a meeting, recording that a child was seen, and writing a plan.",
    "team_manager": "Try naming who leads the work with a child, and deciding at a strategy discussion.",
    "conference_chair": "Try recording who was at a conference, and deciding for each child.",
    "safeguarding_lead": "Sees everything that the agency has raised, and answers requests for information.",
}
WITH_CHILDREN = frozenset({"social_worker", "team_manager", "conference_chair"})
STEP_OF = {"manager": 2, "head_of_service": 3, "safeguarding_partner": 4}


def write_notes(now: datetime) -> None:
    """Write the note of every persona from what is on the record at `now`."""
    for person in Person.objects.filter(is_persona=True):
        held = list(RoleHeld.objects.filter(person=person))
        role = held[0].role if held else ""
        if role == "policy_lead":
            sentences = ["Looks after the threshold document."]
        elif role in WITH_CHILDREN:
            sentences = ["Works with children after a concern was accepted."]
        elif role in ("", "safeguarding_lead"):
            sentences = _as_raiser(Contact.objects.filter(raised_by=person))
        else:
            sentences = _as_front_door(role, _open_in([each.locality_id for each in held]), now)
        person.persona_note = " ".join([*sentences, *([CAN[role]] if role else [])])[:300]
        person.save(update_fields=["persona_note"])


def _open_in(places: list[int | None]) -> QuerySet[Contact]:
    contacts = Contact.objects.exclude(state__in=ENDS)
    named = [place for place in places if place is not None]
    return contacts if len(named) < len(places) else contacts.filter(locality_id__in=named)


def _number(count: int, one: str, many: str) -> str:
    """A count in words with what was counted, such as "three concerns"."""
    return f"{NUMBERS[count] if count < len(NUMBERS) else count} {one if count == 1 else many}"


def _sentence(count: int, one: str, many: str) -> str:
    said = _number(count, one, many)
    return f"{said[:1].upper()}{said[1:]}."


def _as_raiser(own: QuerySet[Contact]) -> list[str]:
    concerns, asked = own.filter(kind=Kind.CONCERN).count(), own.filter(kind=Kind.ADVICE).count()
    unread = own.filter(
        state__in=[State.ANSWERED, State.ADVISED],
        answer__acknowledged__isnull=True,
        answer__unsafe_because="",
    ).count()
    waiting = own.exclude(state__in=[*ENDS, State.DISAGREED]).count()
    disputed = own.filter(state=State.DISAGREED).count()
    also = f" and asked for advice {_times(asked)}" if asked else ""
    notes = [f"Has raised {_number(concerns, 'concern', 'concerns')}{also}."]
    if unread:
        notes.append(_sentence(unread, "answer is waiting to be read", "answers are waiting to be read"))
    if waiting:
        notes.append(_sentence(waiting, "is still with the front door", "are still with the front door"))
    if disputed:
        disagreement = "disagreement is being looked at", "disagreements are being looked at"
        notes.append(_sentence(disputed, *disagreement))
    if not unread and not waiting:
        notes.append("Try raising a concern, or asking for advice without a name.")
    return notes


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, _number(count, "time", "times"))


def _as_front_door(role: str, here: QuerySet[Contact], now: datetime) -> list[str]:
    concerns = here.filter(kind=Kind.CONCERN)
    if role == "adviser":
        asked = here.filter(state=State.ASKED)
        late = asked.filter(due_at__lt=now).count()
        return [
            _sentence(asked.count(), "request for advice is waiting", "requests for advice are waiting"),
            _sentence(late, "of them is overdue", "of them are overdue"),
        ]
    if role == "screening_practitioner":
        return [_clocks(concerns, now)]
    disputed = _disputed_at(here, STEP_OF[role])
    if role != "manager":
        return [_sentence(disputed, "disagreement is at this step now", "disagreements are at this step now")]
    second = concerns.filter(state=State.SECOND_PERSON).count()
    notes = [_sentence(second, "decision waits for a second person", "decisions wait for a second person")]
    if disputed:
        with_them = "disagreement is with the managers", "disagreements are with the managers"
        notes.append(_sentence(disputed, *with_them))
    return notes


def _disputed_at(here: QuerySet[Contact], step: int) -> int:
    disputed = here.filter(state=State.DISAGREED)
    return sum(each.disagreements.order_by("-id")[0].step == step for each in disputed)


def _clocks(concerns: QuerySet[Contact], now: datetime) -> str:
    tomorrow = now.astimezone(LONDON).date() + timedelta(days=1)
    midnight = datetime.combine(tomorrow, time(), tzinfo=LONDON)
    late = concerns.filter(due_at__lt=now).count()
    today = concerns.filter(due_at__gte=now, due_at__lt=midnight).count()
    everything = _sentence(concerns.count(), "concern is open", "concerns are open").rstrip(".")
    return f"{everything}: {_number(late, 'overdue', 'overdue')}, {_number(today, 'due today', 'due today')}."
