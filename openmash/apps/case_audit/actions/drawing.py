"""Drawing a sample, and asking people of several agencies to judge it."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from openmash.apps.access.queries import restrictions_on
from openmash.apps.access.wall.passing import acting
from openmash.apps.case_audit.errors import SampleIncomplete
from openmash.apps.case_audit.models import FEWEST, MOST, Auditor, Sample, Sampled
from openmash.apps.case_audit.permission import note_down
from openmash.apps.concerns.case import day_of
from openmash.apps.concerns.models import Decision
from openmash.apps.concerns.queries.history import places_led
from openmash.apps.concerns.states import Kind, State
from openmash.apps.directory.models import Person
from openmash.apps.policy.permission import permitted
from openmash.apps.policy.queries import adopted
from openmash.apps.policy.rules import Reason
from openmash.engines.review.sampling import draw

FEWEST_AUDITORS, FEWEST_AGENCIES = 2, 2
SEEDS = 2**31


@dataclass(frozen=True)
class Asked:
    """What sample is wanted. `by_group` is one of `Sample.By`; without a seed one is drawn, and kept."""

    title: str
    since: date
    until: date
    size: int
    auditors: tuple[str, ...]
    by_group: str = ""
    seed: int | None = None


@acting
@transaction.atomic
def draw_sample(asked: Asked, *, by: Person, now: datetime) -> Sample:
    """Draw a sample of concerns that were decided in a period and answered, where this person leads.

    It is drawn of all that were answered and not only of those closed at the door: of these an auditor would know the
    outcome before reading. By first answer, those closed at the door are as many as any others.

    Raises:
        Refused: this person does not lead on the threshold.
        SampleIncomplete: what is lacking, by field.
    """
    ground = permitted("draw_sample", "case_audit", "", by=by, now=now)
    auditors = _auditors(asked)
    decisions, left_out = _decisions(asked, by, now)
    if len(decisions) < FEWEST:
        few = f"Fewer than {FEWEST} concerns were decided and answered then. Choose a longer period."
        raise SampleIncomplete([Reason("since", few)])
    if len({_levels(each) for each in decisions}) > 1:
        other = "The threshold’s levels changed in this period. Choose a period under one set of levels."
        raise SampleIncomplete([Reason("since", other)])
    seed = asked.seed if asked.seed is not None else secrets.randbelow(SEEDS)
    of_contact = {str(each.contact_id): each for each in decisions}
    group = GROUPS[asked.by_group]
    drawn = draw({key: group(each) for key, each in of_contact.items()}, asked.size, seed)
    sample = Sample.objects.create(
        title=asked.title.strip(),
        since=asked.since,
        until=asked.until,
        by_group=asked.by_group,
        size=asked.size,
        seed=seed,
        groups=drawn.groups,
        left_out=left_out,
        by=by,
        at=now,
    )
    Sampled.objects.bulk_create(
        Sampled(sample=sample, number=number, contact_id=key, decision=of_contact[key])
        for number, key in enumerate(drawn.ids, 1)
    )
    Auditor.objects.bulk_create(
        Auditor(sample=sample, person=person, agency_kind=person.agency.kind) for person in auditors
    )
    detail: dict[str, object] = {"concerns": len(drawn.ids), "auditors": len(auditors), "seed": seed}
    note_down(sample.pk, "draw_sample", by=by, ground=ground, now=now, detail=detail)
    return sample


def _auditors(asked: Asked) -> list[Person]:
    """Whoever is asked, or what is wrong with the form."""
    reasons = []
    if not asked.title.strip():
        reasons.append(Reason("title", "Give it a title."))
    if asked.until < asked.since:
        reasons.append(Reason("until", "The last day must not be before the first."))
    if not FEWEST <= asked.size <= MOST:
        reasons.append(Reason("size", f"Choose {FEWEST} to {MOST} concerns."))
    if asked.by_group not in GROUPS:
        reasons.append(Reason("by_group", "Choose one of the answers."))
    if asked.seed is not None and not 0 <= asked.seed < SEEDS:
        reasons.append(Reason("seed", f"A seed is a whole number from 0 to {SEEDS - 1}."))
    addresses = list(dict.fromkeys(each.strip().lower() for each in asked.auditors if each.strip()))
    found = {
        person.email.lower(): person
        for person in Person.objects.filter(is_active=True, email__in=addresses).select_related("agency")
    }
    unknown = [each for each in addresses if each not in found]
    if unknown:
        reasons.append(Reason("auditors", f"Nobody here has the address {unknown[0]}."))
    elif len(found) < FEWEST_AUDITORS or len({each.agency_id for each in found.values()}) < FEWEST_AGENCIES:
        reasons.append(Reason("auditors", "Ask at least two people, of two agencies or more."))
    if reasons:
        raise SampleIncomplete(reasons)
    return [found[each] for each in addresses]


def _decisions(asked: Asked, by: Person, now: datetime) -> tuple[Sequence[Decision], int]:
    """The first decision that took effect on each concern, of those open to a sample; and how many are left out."""
    took_effect = Q(needs_second=False) | Q(second_word__agrees=True)
    contacts = Q(contact__kind=Kind.CONCERN, contact__state=State.ANSWERED)
    places = places_led(by, now)
    if places is not None:
        contacts &= Q(contact__locality_id__in=places)
    first = (
        Decision.objects.filter(took_effect, contacts)
        .select_related("contact", "finding")
        .order_by("contact_id", "id")
        .distinct("contact_id")
    )
    inside = [each for each in first if asked.since <= day_of(each.at) <= asked.until]
    restricted = set(restrictions_on(day_of(now)).values_list("contact_id", flat=True))
    kept = [each for each in inside if each.contact_id not in restricted]
    return kept, len(inside) - len(kept)


def _levels(decision: Decision) -> tuple[tuple[str, int], ...]:
    return tuple((each.code, each.rank) for each in adopted(decision.finding.policy_id).policy.levels)


def _first_answer(decision: Decision) -> str:
    return adopted(decision.finding.policy_id).policy.pathway(decision.pathway).label


GROUPS: dict[str, Callable[[Decision], str]] = {
    "": lambda decision: "All",
    "level": lambda decision: f"Level {decision.level}",
    "agency": lambda decision: str(decision.contact.get_source_display()),
    "first_answer": _first_answer,
}
