import datetime
import html

import pytest
from django import forms
from django.http import QueryDict

from openmash.web.layout.fields import (
    Choice,
    ChoiceField,
    DateField,
    LongTextField,
    MultipleChoiceField,
    QuestionForm,
    SelectField,
    TextField,
    YesNoNotKnownField,
)
from openmash.web.layout.rendering import error_summary, revealed_fields
from openmash.web.layout.storable import storable

TODAY = datetime.date(2026, 11, 23)


class ChildForm(QuestionForm):
    name = TextField(label="Name", when_empty="Enter the child's name", page_heading=True)
    born = DateField(label="Date of birth", what="Date of birth", in_the_past=True, required=False)
    seen = YesNoNotKnownField(label="Has the child been seen?", no_reveals="why_not")
    why_not = TextField(label="Why not?", required=False)
    story = LongTextField(label="What happened?", required=False)
    who = MultipleChoiceField(label="Who knows?", choices=[("a", "Parent"), ("b", "School")], required=False)
    where = SelectField(label="Where?", choices=[("n", "North"), ("s", "South")], required=False)


def filled_in(answers: str = "", **more: str) -> ChildForm:
    data = QueryDict(answers, mutable=True)
    data.update(more)
    return ChildForm(data, today=TODAY)


def date_errors(day: str, month: str, year: str) -> list[str]:
    form = filled_in("name=A&seen=yes", born_day=day, born_month=month, born_year=year)
    return [str(error) for error in form["born"].errors]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("31", "2", "2020"), "Date of birth must be a real date"),
        (("x", "?", "soon"), "Date of birth must be a real date"),
        (("", "2", ""), "Date of birth must include a day and a year"),
        (("1", "1", "19"), "Date of birth must have a year with 4 numbers, such as 2016"),
        (("1", "1", "1066"), "Date of birth must be in 1900 or later"),
        (("24", "11", "2026"), "Date of birth must be today or in the past"),
        (("1", "1", "99999999999999999999"), "Date of birth must be a real date"),
        (("\x00", "1", "2020"), "Date of birth must be a real date"),
    ],
)
def test_a_date_that_cannot_be_used_is_explained_and_kept_as_typed(
    typed: tuple[str, str, str], sentence: str
) -> None:
    assert date_errors(*typed) == [sentence]
    form = filled_in("name=A&seen=yes", born_day=typed[0], born_month=typed[1], born_year=typed[2])
    for part in typed:
        assert f'value="{part}"' in form["born"].as_field_group() or not part


@pytest.mark.parametrize("typed", [("23", "11", "2026"), ("1", "Feb", "2020"), ("01", "september", "2020")])
def test_a_real_date_is_read(typed: tuple[str, str, str]) -> None:
    assert date_errors(*typed) == []


def test_no_date_is_no_date() -> None:
    form = filled_in("name=A&seen=yes")
    assert form.is_valid() and form.cleaned_data["born"] is None


def test_only_the_wrong_boxes_of_a_date_are_marked() -> None:
    form = filled_in(born_day="1", born_month="", born_year="2020")
    assert form["born"].as_field_group().count("govuk-input--error") == 1
    assert 'href="#id_born_month"' in error_summary(form)


def test_nothing_is_preselected() -> None:
    assert " checked" not in str(ChildForm(today=TODAY)) and " selected" in str(ChildForm(today=TODAY))
    assert '<option value="" selected>' in str(ChildForm(today=TODAY))


def test_not_known_is_an_answer_of_its_own() -> None:
    assert filled_in("name=A&seen=not_known").is_valid()
    assert filled_in("name=A").errors["seen"] == ["Choose yes, no or not known"]
    assert filled_in("name=A&seen=maybe").errors["seen"] == ["Choose one of the answers on this page"]


def test_what_an_answer_reveals_is_drawn_inside_it_and_nowhere_else() -> None:
    drawn = str(ChildForm(today=TODAY))
    assert revealed_fields(ChildForm(today=TODAY)) == {"why_not"}
    assert drawn.count('name="why_not"') == 1
    assert drawn.index('value="no"') < drawn.index('name="why_not"') < drawn.index('value="not_known"')


def test_every_error_is_in_the_summary_and_leads_to_its_field() -> None:
    form = filled_in()
    assert form.errors["name"] == ["Enter the child's name"]
    for name in form.errors:
        assert f'href="#id_{name}"' in error_summary(form)
        assert f'id="id_{name}"' in str(form)
    assert error_summary(filled_in("name=A&seen=no")) == ""


def test_a_hidden_field_is_drawn_once() -> None:
    class WithVersion(QuestionForm):
        version = forms.CharField(widget=forms.HiddenInput)
        name = TextField(label="Name")

    assert str(WithVersion()).count('name="version"') == 1


STORIES = [
    "\n\n  first line\n    second, indented\n\nlast  ",
    "<script>alert(1)</script> & \"quotes\" 'too'",
    "قالت لي ابنتي شيئا",
    "e\u0301 🧒🏽👩‍👧 \u200f",
    " ".join(["word"] * 10_000),
]


@pytest.mark.parametrize("story", STORIES)
def test_a_narrative_is_kept_exactly_and_shown_back_exactly(story: str) -> None:
    form = filled_in("name=A&seen=yes", story=story)
    assert form.is_valid() and form.cleaned_data["story"] == story
    assert as_a_browser_reads_it(str(form["story"].as_field_group())) == story


def test_a_narrative_asked_for_inside_an_answer_is_shown_back_exactly_too() -> None:
    class WithReason(QuestionForm):
        told = YesNoNotKnownField(label="Do the parents know?", no_reveals="reason")
        reason = LongTextField(label="Why not?")

    form = WithReason({"told": "no", "reason": STORIES[0]})
    assert as_a_browser_reads_it(str(form["told"].as_field_group())) == STORIES[0]


def as_a_browser_reads_it(drawn: str) -> str:
    """What a browser puts into the text area: it drops one line break at the start."""
    inner = drawn.split("<textarea", 1)[1].split(">", 1)[1].split("</textarea>", 1)[0]
    return html.unescape(inner.removeprefix("\n"))


def test_what_the_database_cannot_hold_is_replaced_not_lost() -> None:
    assert storable("a\x00b") == ("a\u2400b", True)
    assert storable("half \ud83d") == ("half \ufffd", True)
    assert storable("plain 🧒") == ("plain 🧒", False)
    form = filled_in("name=A&seen=yes", story="a\x00b")
    assert form.is_valid() and form.cleaned_data["story"] == "a\u2400b"
    assert form.with_replaced_characters() == ["What happened?"]


def test_answers_known_only_when_asked_can_be_offered() -> None:
    class SchoolForm(QuestionForm):
        school = ChoiceField(label="School", choices=[])

    form = SchoolForm({"school": "2"})
    form.fields["school"].offer([Choice("1", "One"), Choice("2", "Two", hint="The second")])  # type: ignore[attr-defined]
    assert form.is_valid() and "The second" in str(form)
    assert SchoolForm.base_fields["school"].offered == {}  # type: ignore[attr-defined]


def test_right_to_left_text_decides_its_own_direction() -> None:
    drawn = str(ChildForm(today=TODAY))
    assert '<textarea class="govuk-textarea" id="id_story" name="story" rows="5" dir="auto">' in drawn
    assert drawn.count('dir="auto"') == 3
