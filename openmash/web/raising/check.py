"""The answers as they will be sent, each under its page, for a last look."""

from dataclasses import dataclass, field
from typing import cast

from django import forms
from django.forms.boundfield import BoundField

from openmash.web.layout.dates import DateWidget
from openmash.web.layout.templatetags.gds import day
from openmash.web.raising.forms.people import AGE_FIELDS, PersonQuestions
from openmash.web.raising.forms.signs import AboutSign, AboutSignsForm
from openmash.web.raising.journey import ABOUT_SIGNS, FACTS, HAPPENING, PEOPLE, QUESTION, SIGNS, START, Journey
from openmash.web.raising.typed import first

NOT_KNOWN = "Not known"
NOT_ANSWERED = "Not answered, so kept as not known"


@dataclass(frozen=True)
class Row:
    """One answer."""

    label: str
    answer: str


@dataclass(frozen=True)
class Section:
    """The answers of one page. `href` goes to the page."""

    title: str
    href: str
    rows: list[Row] = field(default_factory=list)


def sections_of(journey: Journey) -> list[Section]:
    """Everything that would be sent, in the order of the pages."""
    children = [_child(journey, number) for number in journey.numbers("child")]
    if journey.is_advice:
        return [_page(journey, QUESTION, "Your question"), *children, *_signs(journey), _start(journey)]
    people = [_person(journey, number) for number in journey.numbers("person")]
    happening = _page(journey, HAPPENING, "What is happening")
    return [
        *(children or [_no_child(journey)]),
        *(people or [_nobody_else(journey)]),
        happening,
        *_signs(journey),
        _page(journey, FACTS, "A few questions"),
        _start(journey),
    ]


def shown(bound: BoundField) -> str:
    """An answer in words, as typed; what was left empty says so."""
    widget = bound.field.widget
    if isinstance(widget, DateWidget):
        return _date(bound)
    labels = {str(value): str(label) for value, label in getattr(bound.field, "choices", [])}
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "\n".join(labels.get(value, value) for value in bound.value() or []) or NOT_ANSWERED
    typed = str(bound.value() or "")
    if labels:
        return labels.get(typed, typed) if typed else NOT_ANSWERED
    return typed if typed.strip() else NOT_KNOWN


def _date(bound: BoundField) -> str:
    form = bound.form
    if form.is_valid() and form.cleaned_data.get(bound.name):
        return day(form.cleaned_data[bound.name])
    return " ".join(part for part in bound.value() or [] if part) or NOT_KNOWN


def _page(journey: Journey, page: str, title: str) -> Section:
    form = journey.form(page)
    rows = [Row(str(bound.label), shown(bound)) for bound in form if _is_shown(bound)]
    return Section(title, journey.page_url(page), rows)


def _is_shown(bound: BoundField) -> bool:
    """Leaves out the questions that nobody was asked, such as why not when the answer was yes."""
    form = bound.form
    asked_with = {"parents_know_why_not": ("parents_know", "no"), "work": ("source", "works_with_children")}
    if bound.name in asked_with:
        name, answer = asked_with[bound.name]
        return bool(form[name].value() == answer)
    return True


def _start(journey: Journey) -> Section:
    return _page(journey, START, "Danger now, and the area" if journey.signed_in else "Danger now, and you")


def _no_child(journey: Journey) -> Section:
    href = journey.url("child", journey.next_number("child"))
    return Section("The child", href, [Row("Which child", "Nothing written yet")])


def _nobody_else(journey: Journey) -> Section:
    said = {"no": "Nobody else that you know of", "not_known": NOT_KNOWN}
    answer = said.get(first(journey.values(PEOPLE), "another"), NOT_ANSWERED)
    return Section("Other people", journey.url(PEOPLE), [Row("Who else", answer)])


def _child(journey: Journey, number: int) -> Section:
    children = journey.numbers("child")
    title = "The child" if len(children) == 1 else f"Child {children.index(number) + 1}"
    page = f"child-{number}"
    return Section(title, journey.page_url(page), _about(journey, page))


def _person(journey: Journey, number: int) -> Section:
    page = f"person-{number}"
    return Section(f"Person {journey.numbers('person').index(number) + 1}", journey.page_url(page), _about(journey, page))


def _about(journey: Journey, page: str) -> list[Row]:
    """The rows about a person, with the one age that counts."""
    form = cast(PersonQuestions, journey.form(page))
    rows = []
    for bound in form:
        if bound.name in AGE_FIELDS.values() or (bound.name == "address" and _lives_with_child(form)):
            continue
        if bound.name == "how_old":
            rows.append(Row("Age", age_shown(form)))
        elif bound.name in ("name", "role") or shown(bound) not in (NOT_KNOWN, NOT_ANSWERED):
            rows.append(Row(str(bound.label), shown(bound)))
    left_empty = [str(bound.label) for bound in form if _left_empty(bound, form)]
    if left_empty:
        rows.append(Row("Kept as not known", "\n".join(left_empty)))
    return rows


def _lives_with_child(form: PersonQuestions) -> bool:
    return "home" in form.fields and form["home"].value() in ("with_child", "not_known")


def _left_empty(bound: BoundField, form: PersonQuestions) -> bool:
    ours = ("name", "role", "how_old", *AGE_FIELDS.values())
    if bound.name in ours or (bound.name == "address" and "home" in form.fields):
        return False
    return shown(bound) in (NOT_KNOWN, NOT_ANSWERED)


def age_shown(form: PersonQuestions) -> str:
    """The age that will be sent, in words."""
    if not form.is_valid():
        typed = [shown(form[name]) for name in AGE_FIELDS.values()]
        return next((answer for answer in typed if answer != NOT_KNOWN), NOT_KNOWN)
    answers = form.cleaned_data
    if answers["born_on"]:
        return f"Born {day(answers['born_on'])}"
    if answers["about_age"] is not None:
        return f"About {form['about_age'].value()}"
    if answers["how_old"] == "unborn":
        expected = answers["expected_on"]
        return f"Not born yet, expected {day(expected)}" if expected else "Not born yet, date not known"
    return NOT_KNOWN


def _signs(journey: Journey) -> list[Section]:
    if not journey.signs:
        said = "None of them fits, or not sure" if first(journey.values(SIGNS), "none_fits") else NOT_ANSWERED
        href = journey.page_url(SIGNS)
        return [Section("Signs you have noticed", href, [Row("Signs", said)])]
    form = cast(AboutSignsForm, journey.form(ABOUT_SIGNS))
    form.is_valid()
    rows = [_sign_row(about) for about in form.sections()]
    named = [Row(sign.id, sign.wording) for sign in journey.signs]
    return [
        Section("Signs you have noticed", journey.page_url(SIGNS), named),
        Section("How you know of each sign", journey.page_url(ABOUT_SIGNS), rows),
    ]


def _sign_row(about: AboutSign) -> Row:
    answers = []
    for bound in [*about.questions, *about.details]:
        answer = shown(bound)
        needed = bound.name.endswith(("-evidence", "-immediate"))
        if needed or answer not in (NOT_KNOWN, NOT_ANSWERED):
            missing = "Still to be answered" if bound.name.endswith("-evidence") else NOT_ANSWERED
            answers.append(f"{bound.label} {missing if answer == NOT_ANSWERED else answer}")
    return Row(about.sign.id, "\n".join(answers))
