"""A line for each person that says what a visitor can try as them. Every number is counted, none is written down."""

from datetime import datetime, time, timedelta

from django.db.models import Q

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
    "safeguarding_lead": "Sees everything that the agency has raised.",
}
STEP_OF = {"manager": 2, "head_of_service": 3, "safeguarding_partner": 4}


def write_notes(now: datetime) -> None:
    """Write the note of every persona from what is on the record at `now`."""
    for person in Person.objects.filter(is_persona=True):
        held = list(RoleHeld.objects.filter(person=person))
        role = held[0].role if held else ""
        if role in ("", "safeguarding_lead"):
            sentences = _as_raiser(person)
        else:
            here = Q(pk__isnull=False) if held[0].locality_id is None else Q(locality__in=[h.locality_id for h in held])
            sentences = _as_front_door(role, Contact.objects.filter(here).exclude(state__in=ENDS).values_list("pk"), now)
        person.persona_note = " ".join([*sentences, *([CAN[role]] if role else [])])[:300]
        person.save(update_fields=["persona_note"])


def _number(count: int, one: str, many: str) -> str:
    """A count in words with what was counted, such as "three concerns"."""
    return f"{NUMBERS[count] if count < len(NUMBERS) else count} {one if count == 1 else many}"


def _sentence(count: int, one: str, many: str) -> str:
    said = _number(count, one, many)
    return f"{said[:1].upper()}{said[1:]}."


def _as_raiser(person: Person) -> list[str]:
    own = Contact.objects.filter(raised_by=person)
    concerns, asked = own.filter(kind=Kind.CONCERN).count(), own.filter(kind=Kind.ADVICE).count()
    unread = own.filter(state__in=[State.ANSWERED, State.ADVISED], answer__acknowledged__isnull=True).count()
    waiting = own.exclude(state__in=[*ENDS, State.DISAGREED]).count()
    disputed = own.filter(state=State.DISAGREED).count()
    raised = f"Has raised {_number(concerns, 'concern', 'concerns')}"
    also = f" and asked for advice on {_number(asked, 'occasion', 'occasions')}" if asked else ""
    notes = [f"{raised}{also}."]
    if unread:
        notes.append(_sentence(unread, "answer is waiting to be read", "answers are waiting to be read"))
    if waiting:
        notes.append(_sentence(waiting, "is still with the front door", "are still with the front door"))
    if disputed:
        notes.append(_sentence(disputed, "disagreement is being looked at", "disagreements are being looked at"))
    if not unread and not waiting:
        notes.append("Try raising a concern, or asking for advice without a name.")
    return notes


def _as_front_door(role: str, open_ids: object, now: datetime) -> list[str]:
    open_now = Contact.objects.filter(pk__in=open_ids)
    disputed = open_now.filter(state=State.DISAGREED)
    if role in STEP_OF:
        disputed = [each for each in disputed if each.disagreements.order_by("-id")[0].step == STEP_OF[role]]
    if role == "adviser":
        asked = open_now.filter(kind=Kind.ADVICE, state=State.ASKED)
        late = asked.filter(due_at__lt=now).count()
        return [
            _sentence(asked.count(), "request for advice is waiting", "requests for advice are waiting"),
            _sentence(late, "of them is overdue", "of them are overdue"),
        ]
    if role in ("head_of_service", "safeguarding_partner"):
        return [_sentence(len(disputed), "disagreement has reached this step", "disagreements have reached this step")]
    concerns = open_now.filter(kind=Kind.CONCERN)
    if role == "manager":
        second = concerns.filter(state=State.SECOND_PERSON).count()
        return [
            _sentence(second, "decision waits for a second person", "decisions wait for a second person"),
            _sentence(len(disputed), "disagreement is with the managers", "disagreements are with the managers"),
        ]
    midnight = datetime.combine(now.astimezone(LONDON).date() + timedelta(days=1), time(), tzinfo=LONDON)
    late, today = concerns.filter(due_at__lt=now).count(), concerns.filter(due_at__gte=now, due_at__lt=midnight).count()
    return [
        f"{_sentence(concerns.count(), 'concern is open', 'concerns are open')[:-1]}: "
        f"{_number(late, 'overdue', 'overdue')} and {_number(today, 'due today', 'due today')}."
    ]
