"""Whatever is typed, there is a clear sentence beside the field, and nothing typed is lost."""

from html import escape
from typing import Any

import pytest

from openmash.apps.concerns.models import Contact, Draft
from tests.web.raising.conftest import Writer, text_of

LONG = "It was raining and he had no coat. " * 2_000
RIGHT_TO_LEFT = "قالت الطفلة: أنا خائفة\nמה שראיתי"
COMBINED = "Zoe\u0308 n\u0303o e\u0301te\u0301 \u1112\u1161\u11ab"
EMOJI = "👩‍👧‍👦 said 😢 and 🏳️‍🌈"

WRONG: list[tuple[str, dict[str, Any], str]] = [
    (
        "child/1/",
        {"how_old": "born", "born_on_day": "31", "born_on_month": "2", "born_on_year": "2016"},
        "Date of birth must be a real date",
    ),
    (
        "child/1/",
        {"how_old": "born", "born_on_day": "1", "born_on_month": "1", "born_on_year": "2999"},
        "Date of birth must be today or in the past",
    ),
    (
        "child/1/",
        {"how_old": "born", "born_on_day": "3", "born_on_month": "", "born_on_year": ""},
        "must include",
    ),
    ("child/1/", {"how_old": "born"}, "Enter the date of birth, or choose another answer"),
    (
        "child/1/",
        {"how_old": "born", "born_on_day": "1", "born_on_month": "5", "born_on_year": "1960"},
        "The age of a child must be between 0 and 25 years",
    ),
    (
        "child/1/",
        {"how_old": "about", "about_age": "900"},
        "The age of a child must be between 0 and 25 years",
    ),
    ("child/1/", {"how_old": "about", "about_age": "9999999999"}, "Write the age as a number"),
    ("child/1/", {"how_old": "about", "about_age": "-3"}, "Write the age as a number of years or months"),
    (
        "child/1/",
        {"how_old": "about", "about_age": "quite old"},
        "Write the age as a number of years or months",
    ),
    ("child/1/", {"how_old": "about"}, "Enter about how old they are, or choose another answer"),
    (
        "child/1/",
        {"how_old": "unborn", "expected_on_day": "1", "expected_on_month": "1", "expected_on_year": "2099"},
        "must be within the next 10 months",
    ),
    ("child/1/", {"how_old": "ancient"}, "Choose one of the answers on this page"),
    ("people/1/", {"name": "Mr Hill"}, "Choose what part this person has"),
    (
        "people/1/",
        {"role": "parent", "how_old": "about", "about_age": "900"},
        "must be between 0 and 130 years",
    ),
    ("people/1/", {"role": "ruler"}, "Choose one of the answers on this page"),
    ("people/", {}, "Choose yes, no or not known"),
    ("happening/", {"account": " \n "}, "Write what you saw, heard or were told, in your own words"),
    ("happening/", {"account": "x", "seen": "maybe"}, "Choose one of the answers on this page"),
    ("signs/", {"signs_SP": ["Z99"]}, "There is no sign “Z99” in this version of the threshold"),
    ("signs/", {"signs_SP": ["D01"], "none_fits": "none_fits"}, "Take one of the two away"),
    ("signs/", {}, "Choose the signs that fit, or say that none of them does"),
    ("facts/", {"disabled": "perhaps"}, "Choose one of the answers on this page"),
    ("start/", {"in_danger": "no", "locality": "999999"}, "Choose one of the answers on this page"),
    ("start/", {"locality": "1"}, "Say whether a child is in danger right now"),
]


@pytest.mark.parametrize(("path", "answers", "sentence"), WRONG)
def test_what_cannot_be_right_is_said_beside_the_field_and_kept(
    teacher: Writer, path: str, answers: dict[str, Any], sentence: str
) -> None:
    teacher.begin()
    response = teacher.post(path, **answers)
    body = response.content.decode()
    assert response.status_code == 200
    assert "There is a problem" in body, "the summary at the top"
    assert "govuk-error-message" in body, "the sentence beside the field"
    assert sentence in body
    assert "<title>Error: " in body
    kept = Draft.objects.get().pages[path.strip("/").replace("/", "-").replace("people-", "person-")]
    typed = {name: value if isinstance(value, list) else [value] for name, value in answers.items()}
    assert {name: kept[name] for name in typed} == typed


ABOUT_SIGNS: list[tuple[dict[str, Any], str]] = [
    ({"D02__immediate": "no"}, "Say how you know about “An injury has no explanation"),
    ({"D02__evidence": "dreamt"}, "Choose one of the answers on this page"),
    (
        {"D02__evidence": "seen", "D02__since_day": "1", "D02__since_month": "1", "D02__since_year": "2999"},
        "The date must be today or in the past",
    ),
    (
        {"D02__evidence": "seen", "A12__evidence": "seen", "A12__times": "many"},
        "How many times must be a whole number",
    ),
    (
        {"D02__evidence": "seen", "A12__evidence": "seen", "A12__times": "0"},
        "How many times must be a whole number",
    ),
    (
        {"D02__evidence": "seen", "A12__evidence": "seen", "A12__times": "9" * 400},
        "How many times must be a whole",
    ),
]


@pytest.mark.parametrize(("answers", "sentence"), ABOUT_SIGNS)
def test_what_is_wrong_about_a_sign_is_said_beside_it(
    teacher: Writer, answers: dict[str, Any], sentence: str
) -> None:
    teacher.begin()
    teacher.post("signs/", signs_SP=["D02"], signs_PC=["A12"])
    response = teacher.post("about-signs/", **answers)
    assert response.status_code == 200
    assert sentence in response.content.decode()


@pytest.mark.parametrize(
    "text", [LONG, RIGHT_TO_LEFT, COMBINED, EMOJI, "<script>alert(1)</script> & 'quotes'"]
)
def test_every_script_and_length_arrives_whole(teacher: Writer, text: str) -> None:
    teacher.begin()
    teacher.post("child/1/", name=text, how_old="not_known")
    teacher.post("happening/", account=text)
    shown = teacher.get("happening/").content.decode()
    assert escape(text).replace("&#x27;", "&#39;") in shown
    assert "<script>alert" not in teacher.get("check/").content.decode()
    assert teacher.send().status_code == 302
    contact = Contact.objects.get()
    assert contact.account == text
    assert contact.parts.get().description.name == text.strip()


def test_a_narrative_of_ten_thousand_words(teacher: Writer) -> None:
    teacher.begin()
    words = "neglect " * 10_000
    teacher.post("child/1/", how_old="not_known")
    teacher.post("happening/", account=words)
    teacher.send()
    assert Contact.objects.get().account == words


@pytest.mark.parametrize("path", ["happening/", "start/", "people/"])
def test_a_nul_is_kept_visible_and_the_page_says_so(neighbour: Writer, path: str) -> None:
    neighbour.begin()
    field = {"happening/": "account", "start/": "name", "people/": "another"}[path]
    response = neighbour.client.post(neighbour.base + path, {field: "before\x00after"}, follow=True)
    assert "It is shown as ␀" in text_of(response)
    assert Draft.objects.get().pages[path.strip("/")][field] == ["before␀after"]


def test_a_nul_on_the_first_page_too(neighbour: Writer) -> None:
    response = neighbour.client.post(
        "/concerns/",
        {"in_danger": "no", "source": "neighbour", "locality": neighbour.cast.here.pk, "name": "A\x00B"},
        follow=True,
    )
    assert "It is shown as ␀" in text_of(response)
    assert Draft.objects.get().pages["start"]["name"] == ["A␀B"]


def test_a_nul_while_typing(teacher: Writer) -> None:
    teacher.begin()
    assert teacher.keep("happening", account="a\x00b").json()["replaced"] is True
    assert Draft.objects.get().pages["happening"]["account"] == ["a␀b"]


def test_typed_under_another_answer_does_not_count_and_is_not_lost(teacher: Writer) -> None:
    teacher.begin()
    response = teacher.post("child/1/", how_old="about", about_age="7", born_on_day="99", born_on_month="99")
    assert response.status_code == 302
    assert Draft.objects.get().pages["child-1"]["born_on_day"] == ["99"]
    teacher.post("happening/", account="x")
    teacher.send()
    child = Contact.objects.get().parts.get().description
    assert (child.born_on, child.about_age) == (None, 7)


@pytest.mark.parametrize(
    ("typed", "years"),
    [("7", 7), ("about 7", 7), ("10 months", 0), ("18 months old", 1), ("3 weeks", 0), ("٧", 7)],
)
def test_ages_in_the_words_people_use(teacher: Writer, typed: str, years: int) -> None:
    teacher.begin()
    assert teacher.post("child/1/", about_age=typed).status_code == 302, "no answer chosen, but an age typed"
    teacher.post("happening/", account="x")
    teacher.send()
    assert Contact.objects.get().parts.get().description.about_age == years


def test_sending_too_early_says_what_is_missing_and_where(teacher: Writer) -> None:
    teacher.begin()
    teacher.post("signs/", signs_SP=["D02"])
    response = teacher.send()
    body = response.content.decode()
    assert response.status_code == 200
    assert not Contact.objects.exists()
    for sentence, where in [
        ("Say which child you are worried about", "child/1/"),
        ("Write what you saw, heard or were told", "happening/?check=1#id_account"),
        ("Say how you know about", "about-signs/?check=1#id_D02-evidence"),
    ]:
        assert f'href="{teacher.base}{where}"' in body
        assert sentence in body
    assert "There is a problem" in teacher.get("about-signs/?check=1").content.decode()
    assert "There is a problem" not in teacher.get("about-signs/").content.decode()


def test_saving_to_the_list_never_asks_for_anything(teacher: Writer) -> None:
    teacher.begin()
    response = teacher.client.post(
        f"{teacher.base}child/1/", {"how_old": "about", "about_age": "900", "_then": "list"}
    )
    assert response["Location"] == teacher.base
    assert "In progress" in text_of(teacher.get())
