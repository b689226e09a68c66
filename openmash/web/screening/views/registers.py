"""Who is who, with registers: a person says whether somebody of a register is somebody on this contact."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse

from openmash.apps.concerns.actions import linking
from openmash.apps.concerns.errors import Incomplete
from openmash.apps.concerns.queries.already_known import PartOnRegisters, already_known
from openmash.apps.concerns.queries.on_registers import OnRegisters
from openmash.apps.concerns.rules import Reason
from openmash.apps.families.queries import evidence_kept
from openmash.apps.registers.standings import SaidOnRegister
from openmash.web.screening.acting import Act, Begun, begin, respond
from openmash.web.screening.forms.linking import OnRegisterForm
from openmash.web.screening.presenters.matches import digest_of
from openmash.web.screening.presenters.on_registers import found_shown, said_shown
from openmash.web.screening.presenters.people import name_of
from openmash.web.screening.views.linking import CHANGED


def say_on_register(
    request: HttpRequest, contact_id: UUID, description_id: UUID, row_id: UUID
) -> HttpResponse:
    """Say whether somebody of a register is this person, or say otherwise than was said before."""
    begun = begin(request, contact_id, to="link")
    known = already_known(begun.opened.contact, by=begun.by, now=begun.now)
    of = next((each for each in known.on_registers if each.part.description_id == description_id), None)
    found, said = _one(of, row_id) if of else (None, None)
    if of is None or (found is None and said is None):
        raise Http404
    is_adult = of.part.description.kind == "adult"
    who = "person" if is_adult else "child"
    form = OnRegisterForm(request.POST or None, is_adult=is_adult)
    shown = found_shown(found, is_adult=is_adult) if found else None
    return respond(
        Act(
            begun=begun,
            verb="say_on_register",
            form=form,
            title=f"Is this the same {who}?",
            button="Keep my answer",
            do=_saying(begun, description_id, row_id, found, form),
            done="Your answer has been kept, with your reason.",
            template="screening/say_on_register.html",
            context={
                "who": who,
                "name": name_of(of.part.description),
                "found": shown,
                "said": said_shown(said) if said else None,
                "match": shown.match if shown else None,
            },
        )
    )


def _one(of: PartOnRegisters, row: UUID) -> tuple[OnRegisters | None, SaidOnRegister | None]:
    found = (each for each in of.found if row in {standing.row for standing in each.standings})
    said = (each for each in of.said if each.standing.row == row)
    return next(found, None), next(said, None)


def _saying(
    begun: Begun, description_id: UUID, row_id: UUID, found: OnRegisters | None, form: OnRegisterForm
) -> Callable[[int], Any]:
    def do(version: int) -> Any:
        if found and begun.request.POST.get("seen_evidence") != digest_of(found.match):
            raise Incomplete([Reason("same", CHANGED)])
        return linking.say_on_register(
            contact_id=begun.id,
            description_id=description_id,
            rows=[each.row for each in found.standings] if found else [row_id],
            same=form.cleaned_data["same"] == "yes",
            reason=form.cleaned_data["reason"],
            shown=evidence_kept(found.match) if found else {},
            by=begun.by,
            now=begun.now,
        )

    return do
