"""The answers as they will be sent, each under its page, for a last look."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import cast

from django import forms
from django.forms.boundfield import BoundField

from openmash.web.layout.dates import DateWidget
from openmash.web.layout.templatetags.gds import day
from openmash.web.raising.forms.person import AGE_FIELDS, NOT_SURE, PersonQuestions
from openmash.web.raising.forms.relations import RELATED
from openmash.web.raising.forms.signs import AboutSign, AboutSignsForm
from openmash.web.raising.journey import (
    ABOUT_SIGNS,
    FACTS,
    HAPPENING,
    PEOPLE,
    QUESTION,
    SIGNS,
    START,
    Journey,
)
from openmash.web.raising.typed import first

NOT_KNOWN = "Not known"
NOT_ANSWERED = "Not answered, so kept as not known"
TO_BE_CHANGED = "Still to be put right"
LEFT_OPEN = (NOT_KNOWN, NOT_ANSWERED)

SHORT = {
    "name": "Name",
    "role": "Part in this",
    "sex": "Sex",
    "home": "Lives",
    "cared_for_by": "Looked after by",
    "language": "Language",
    "account": "What you saw, heard or were told",
    "where_now": "Where the child is now",
    "seen": "Child seen since it began",
    "spoken_to": "Child spoken with alone",
    "parents_know": "Parents or carers know",
    "parents_know_why_not": "Why they do not know",
    "question": "Question",
    "in_danger": "A child in danger right now",
    "source": "Who you are",
    "work": "Where you work",
    "contact": "How to reach you",
    "locality": "Area",
    "address": "Address",
    "how_old": "Age",
    "other_names": "Other names",
    "earlier_names": "Earlier names",
    "address_since": "At this address since",
    "earlier_addresses": "Earlier addresses",
    "school_since": "At this school since",
    "earlier_schools": "Earlier schools",
    "gp_since": "With this GP since",
    "related_when": "Related so since",
    "partner_of": "Partner",
    "upn": "Unique pupil number",
}
"""Questions as the label of their answer. Any other keeps its own words."""


@dataclass(frozen=True)
class Row:
    """One answer."""

    label: str
    answer: str
    notice: str = ""
    """What to point out about it; it stands in the way of nothing."""


@dataclass(frozen=True)
class Section:
    """The answers of one page, and where to change them: each link with what it changes."""

    title: str
    changes: tuple[tuple[str, str], ...]
    rows: list[Row] = field(default_factory=list)


def sections_of(journey: Journey) -> list[Section]:
    """Everything that would be sent, in the order of the pages."""
    children = [_child(journey, number) for number in journey.numbers("child")]
    if journey.is_advice:
        return [_page(journey, QUESTION, "Your question"), *children, _signs(journey), _start(journey)]
    people = [_person(journey, number) for number in journey.numbers("person")]
    return [
        *(children or [_no_child(journey)]),
        *(people or [_nobody_else(journey)]),
        _page(journey, HAPPENING, "What is happening"),
        _signs(journey),
        _facts(journey),
        _start(journey),
    ]


def shown(bound: BoundField) -> str:
    """An answer in words, as typed; what was left empty says so."""
    widget = bound.field.widget
    if isinstance(widget, DateWidget):
        return _date(bound)
    labels = {str(value): str(label) for value, label in getattr(bound.field, "choices", [])}
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "; ".join(labels.get(value, value) for value in bound.value() or []) or NOT_ANSWERED
    typed = str(bound.value() or "")
    if bound.errors and bound.field.required:
        return "Still to be answered"
    if labels:
        return labels.get(typed, typed) if typed else NOT_ANSWERED
    nothing = "No reason written" if bound.name == "parents_know_why_not" else NOT_KNOWN
    return typed if typed.strip() else nothing


def _date(bound: BoundField) -> str:
    form = bound.form
    if form.is_valid() and form.cleaned_data.get(bound.name):
        return day(form.cleaned_data[bound.name])
    return " ".join(part for part in bound.value() or [] if part) or NOT_KNOWN


def label_of(bound: BoundField) -> str:
    if bound.name.startswith(f"{RELATED}_") and bound.name not in SHORT:
        return f"R{str(bound.label).partition(' r')[2].rstrip('?')}"
    return SHORT.get(bound.name, str(bound.label))


def _section(journey: Journey, page: str, title: str, rows: list[Row]) -> Section:
    return Section(title, (("Change", journey.page_url(page)),), rows)


def _page(journey: Journey, page: str, title: str) -> Section:
    rows = [Row(label_of(bound), shown(bound)) for bound in journey.form(page) if _was_asked(bound)]
    return _section(journey, page, title, rows)


def _was_asked(bound: BoundField) -> bool:
    """Leaves out what only follows another answer, such as why not when the answer was yes."""
    follows = {"parents_know_why_not": ("parents_know", "no"), "work": ("source", "works_with_children")}
    if bound.name not in follows:
        return True
    name, answer = follows[bound.name]
    return bool(bound.form[name].value() == answer)


def _start(journey: Journey) -> Section:
    title = "Danger now, and the area" if journey.signed_in else "Danger now, and who you are"
    return _page(journey, START, title)


def _facts(journey: Journey) -> Section:
    rows = [Row(label_of(bound), shown(bound)) for bound in journey.form(FACTS)]
    answered = [row for row in rows if row.answer not in (NOT_ANSWERED,)]
    return _section(
        journey,
        FACTS,
        "A few questions",
        [*answered, *_left_open(row.label for row in rows if row not in answered)],
    )


def _left_open(labels: Iterable[str]) -> list[Row]:
    """One row for everything that was left empty, so that not knowing is shown and does not hide the rest."""
    listed = list(labels)
    return [Row("Left empty, so kept as not known", "\n".join(listed))] if listed else []


def _no_child(journey: Journey) -> Section:
    href = journey.url("child", journey.next_number("child"))
    return Section("The child", (("Change", href),), [Row("Which child", "Nothing written yet")])


def _nobody_else(journey: Journey) -> Section:
    said = {"no": "Nobody else that you know of", "not_known": NOT_KNOWN}
    answer = said.get(first(journey.values(PEOPLE), "another"), NOT_ANSWERED)
    return _section(journey, PEOPLE, "Other people", [Row("Who else", answer)])


def _child(journey: Journey, number: int) -> Section:
    children = journey.numbers("child")
    title = "The child" if len(children) == 1 else f"Child {children.index(number) + 1}"
    return _about(journey, f"child-{number}", title)


def _person(journey: Journey, number: int) -> Section:
    return _about(journey, f"person-{number}", f"Person {journey.numbers('person').index(number) + 1}")


def _about(journey: Journey, page: str, title: str) -> Section:
    """The rows about a person, with the one age that counts."""
    form = cast(PersonQuestions, journey.form(page))
    notices = form.notices()
    rows, left_open = [], []
    for bound in form:
        if _is_told_elsewhere(bound, form):
            continue
        answer = age_shown(form) if bound.name == "how_old" else shown(bound)
        row = Row(label_of(bound), answer, notices.get(bound.name, ""))
        if answer not in LEFT_OPEN or bound.name in ("name", "role", "how_old"):
            rows.append(row)
        elif bound.name not in form.besides:  # what few people know is not held up to everybody as missing
            left_open.append(row.label)
    return _section(journey, page, title, [*rows, *_left_open(left_open)])


def _is_told_elsewhere(bound: BoundField, form: PersonQuestions) -> bool:
    """Part of another answer's row, or a question that does not arise."""
    if bound.name == "address":
        return _not_asked_where(form)
    return bound.name == NOT_SURE or bound.name in AGE_FIELDS.values()


def _not_asked_where(form: PersonQuestions) -> bool:
    return "home" in form.fields and form["home"].value() != "elsewhere" and not form["address"].value()


def age_shown(form: PersonQuestions) -> str:
    """The age that will be sent, in words."""
    if not form.is_valid():
        wrong = any(name in form.errors for name in ("how_old", *AGE_FIELDS.values()))
        return TO_BE_CHANGED if wrong else NOT_KNOWN
    answers = form.cleaned_data
    if answers["born_on"]:
        unsure = ", but not sure of the date" if answers[NOT_SURE] else ""
        return f"Born {day(answers['born_on'])}{unsure}"
    if answers["about_age"] is not None:
        return f"About {form['about_age'].value()}"
    if answers["how_old"] == "unborn":
        expected = answers["expected_on"]
        return f"Not born yet, expected {day(expected)}" if expected else "Not born yet, date not known"
    return NOT_KNOWN


def _signs(journey: Journey) -> Section:
    title = "Signs you have noticed"
    if not journey.signs:
        said = "None of them fits, or not sure" if first(journey.values(SIGNS), "none_fits") else NOT_ANSWERED
        return _section(journey, SIGNS, title, [Row("Signs", said)])
    form = cast(AboutSignsForm, journey.form(ABOUT_SIGNS))
    changes = (
        ("Change which signs", journey.page_url(SIGNS)),
        ("Change how you know", journey.page_url(ABOUT_SIGNS)),
    )
    return Section(title, changes, [_sign_row(about) for about in form.sections()])


def _sign_row(about: AboutSign) -> Row:
    lines = [about.sign.wording]
    for bound in [*about.questions, *about.details]:
        answer = shown(bound)
        if answer not in LEFT_OPEN or bound.name.endswith("-immediate"):
            lines.append(f"{bound.label} {answer}")
    return Row(about.sign.id, "\n".join(lines))
