"""What somebody typed on one page, just as it was typed, before anybody asks whether it makes sense."""

import hashlib
import json
from collections.abc import Iterable, Mapping

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from openmash.web.layout.storable import storable

Values = dict[str, list[str]]
NEVER_KEPT = ("csrfmiddlewaretoken",)


def typed_in(posted: QueryDict) -> tuple[Values, bool]:
    """Every answer of a posted page, and whether a character had to be replaced so as to be kept.

    Names that begin with an underscore are buttons and the page's own notes, not answers.
    """
    values: Values = {}
    replaced = False
    for name, answers in posted.lists():
        if name in NEVER_KEPT or name.startswith("_"):
            continue
        kept = [storable(answer) for answer in answers]
        replaced = replaced or any(changed for _text, changed in kept)
        values[storable(name)[0]] = [text for text, _changed in kept]
    return values, replaced


def as_form_data(values: Mapping[str, Iterable[str]]) -> MultiValueDict[str, str]:
    """The typed values in the shape a form reads."""
    return MultiValueDict({name: list(answers) for name, answers in values.items()})


def first(values: Mapping[str, list[str]], name: str) -> str:
    """The first answer under a name, without spaces around it; empty if there is none."""
    return next((answer.strip() for answer in values.get(name, [])), "")


def says_something(values: Mapping[str, list[str]]) -> bool:
    """Whether anything at all was typed or chosen on the page."""
    return any(answer.strip() for answers in values.values() for answer in answers)


def fingerprint(values: Mapping[str, list[str]]) -> str:
    """A short mark of exactly these values, so that an older copy is never laid over a newer one unasked."""
    plain = json.dumps({name: list(values[name]) for name in sorted(values)}, ensure_ascii=True)
    return hashlib.sha256(plain.encode()).hexdigest()[:20]
