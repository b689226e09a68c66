"""Turns a draft whose pages hold together into the account that is sent."""

from collections.abc import Iterator
from typing import cast
from uuid import UUID

from openmash.apps.concerns.account import Account, PartTold, Raiser, RelationTold
from openmash.apps.families.told import RelationshipTold
from openmash.web.raising.forms.facts import FactsForm
from openmash.web.raising.forms.people import ChildForm, PersonForm
from openmash.web.raising.forms.signs import AboutSignsForm
from openmash.web.raising.forms.start import StartForm
from openmash.web.raising.journey import ABOUT_SIGNS, FACTS, HAPPENING, QUESTION, START, TOLD_BEFORE, Journey
from openmash.web.raising.typed import first


def account_of(journey: Journey) -> Account:
    """The account as typed. Only for a journey without faults (`faults.faults_in`)."""
    start = cast(StartForm, _read(journey, START))
    about = start.cleaned_data
    happening = journey.form(HAPPENING) if not journey.is_advice else None
    said = happening.cleaned_data if happening is not None and happening.is_valid() else {}
    question = journey.form(QUESTION) if journey.is_advice else None
    asked = question.cleaned_data if question is not None and question.is_valid() else {}
    facts = cast(FactsForm, _read(journey, FACTS)).answered() if not journey.is_advice else {}
    return Account(
        raiser=Raiser(
            source="" if journey.signed_in else start.who(),
            name=about.get("name", ""),
            contact=about.get("contact", ""),
        ),
        locality_id=int(about["locality"]),
        policy_id=journey.draft.policy_id,
        parts=parts_of(journey),
        signs=cast(AboutSignsForm, _read(journey, ABOUT_SIGNS)).told(),
        facts=facts,
        in_danger=about["in_danger"],
        where_now=said.get("where_now", ""),
        seen=said.get("seen") or "not_known",
        spoken_to=said.get("spoken_to") or "not_known",
        parents_know=said.get("parents_know") or "not_known",
        parents_know_why_not=said.get("parents_know_why_not", "") if said.get("parents_know") == "no" else "",
        account=said.get("account", ""),
        question=asked.get("question", ""),
        arose_from=journey.draft.arose_from_id,
        same_child_as=told_before(journey),
    )


def told_before(journey: Journey) -> UUID | None:
    """The earlier contact about the same child, as long as that child is still in the draft."""
    said = journey.values(TOLD_BEFORE)
    contact, child = first(said, "contact"), first(said, "child")
    return UUID(contact) if contact and journey.values(child) else None


def _read(journey: Journey, page: str) -> object:
    form = journey.form(page)
    if not form.is_valid():
        raise ValueError(f"The page “{page}” still has faults.")
    return form


def parts_of(journey: Journey) -> tuple[PartTold, ...]:
    """Everybody told about, with their part and how they are related: first the children it is about."""
    everybody = [(kind, number) for kind in ("child", "person") for number in journey.numbers(kind)]
    place = {who: at for at, who in enumerate(everybody)}
    children = {n: cast(ChildForm, _read(journey, f"child-{n}")) for n in journey.numbers("child")}
    people = {n: cast(PersonForm, _read(journey, f"person-{n}")) for n in journey.numbers("person")}
    described = [form.described() for form in children.values()]
    lives_with = described[0] if described else None
    parts = [
        PartTold("subject", child, tuple(_related(form, place)))
        for child, form in zip(described, children.values(), strict=True)
    ]
    return (
        *parts,
        *(
            PartTold(form.cleaned_data["role"], form.described(lives_with), tuple(_related(form, place)))
            for form in people.values()
        ),
    )


def _related(form: ChildForm | PersonForm, place: dict[tuple[str, int], int]) -> Iterator[RelationTold]:
    when = form.since_related()
    for of, related in (("child", form.related()), ("person", form.partner_of())):
        for kind, number in related:
            if (of, number) in place:
                told = RelationshipTold(kind, since=when.since, until=when.until, when=when.words)
                yield RelationTold(place[of, number], told)
