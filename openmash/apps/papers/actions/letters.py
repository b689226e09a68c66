"""Letters: adopting their texts, and writing one from the record."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from openmash.apps.access.wall.passing import acting
from openmash.apps.casework.models import Case
from openmash.apps.directory.models import Person
from openmash.apps.papers.actions.noting import note
from openmash.apps.papers.errors import NotPossibleNow
from openmash.apps.papers.models import Letter, LettersAdopted
from openmash.apps.papers.occasion import IN_WORDS, KNOWN, Occasion
from openmash.apps.papers.occasions import about_everybody, as_json, occasions_of
from openmash.apps.papers.permission import permitted_on_case
from openmash.engines.letters import Filled, Lacking, LettersError, check, fill, parse


@acting
@transaction.atomic
def adopt_letters(
    *, texts: Mapping[str, str], in_force_from: datetime, decision: str, by: Person | None, now: datetime
) -> LettersAdopted:
    """Adopt the letters these texts describe. `decision` says who decided and why.

    Raises:
        LettersError: they are not letters, or name what the record does not have.
    """
    letters = parse(texts)
    faults = check(letters, KNOWN)
    if faults:
        raise LettersError(faults)
    before = LettersAdopted.objects.filter(name=letters.id, version=letters.version).first()
    if before is not None and before.digest != letters.digest:
        said = f"{before} was adopted with other texts. Give the changed texts a version of their own."
        raise LettersError([said])
    adopted = LettersAdopted.objects.create(
        name=letters.id,
        version=letters.version,
        title=letters.title,
        digest=letters.digest,
        texts=dict(letters.texts),
        in_force_from=in_force_from,
        decision=decision,
        by=by,
        at=now,
    )
    note("letters", adopted, "adopt_letters", by=by, ground="adopted by the partnership", now=now)
    return adopted


@dataclass(frozen=True)
class Drafted:
    """A letter as it would be written now. Nothing is kept yet."""

    occasion: Occasion
    addressee: str
    filled: Filled
    template: LettersAdopted


@acting
def letters_in_force(now: datetime) -> LettersAdopted:
    """The version in force.

    Raises:
        NotPossibleNow: none has been adopted.
    """
    found = LettersAdopted.objects.filter(in_force_from__lte=now).order_by("-in_force_from").first()
    if found is None:
        raise NotPossibleNow(
            "No letters have been adopted. Whoever runs the service adopts them with `manage.py adopt_letters`."
        )
    return found


@acting
def draft_letter(
    case: Case, *, kind: str, key: str, to: str, addressee: str, by: Person, now: datetime
) -> Drafted:
    """What a letter would say.

    Raises:
        NotPossibleNow: there is no such occasion or text, or the record lacks something it must say.
    """
    occasion = next((each for each in occasions_of(case) if (each.kind, each.key) == (kind, key)), None)
    if occasion is None:
        raise NotPossibleNow("There is nothing in the record of which this letter could tell now.")
    adopted = letters_in_force(now)
    template = parse(adopted.texts).templates.get((kind, to))
    if template is None:
        raise NotPossibleNow("The letters in force have no text for this reader.")
    values = {**about_everybody(case, addressee=addressee, writer=by, now=now), **occasion.values}
    try:
        return Drafted(occasion, addressee, fill(template, values), adopted)
    except Lacking as lacking:
        named = ", ".join(dict.fromkeys(IN_WORDS.get(each, each.replace("_", " ")) for each in lacking.names))
        raise NotPossibleNow(
            f"The record does not say yet: {named}. Record it first: a letter says nothing that is not recorded."
        ) from None


@acting
@transaction.atomic
def write_letter(
    *, case_id: UUID, kind: str, key: str, to: str, addressee: str, by: Person, now: datetime
) -> Letter:
    """Write a letter from the record and keep it.

    Raises:
        Refused: this person may not.
        NotPossibleNow: as for a draft.
    """
    case = Case.objects.select_for_update().get(pk=case_id)
    ground = permitted_on_case("write_letter", case, by, now)
    drafted = draft_letter(case, kind=kind, key=key, to=to, addressee=addressee, by=by, now=now)
    letter = Letter.objects.create(
        case=case,
        kind=kind,
        to=to,
        addressee=addressee,
        occasion=key,
        subject=drafted.filled.subject,
        blocks=as_json(drafted.filled.blocks),
        template=drafted.template,
        by=by,
        at=now,
    )
    note(
        "letter", letter, "write_letter", by=by, ground=ground, now=now, case=str(case.pk), letter=kind, to=to
    )
    return letter
