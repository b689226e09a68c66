"""What can be told of people: names, dates, addresses, schools, numbers, and how they are related."""

from datetime import date
from typing import Any

import pytest

from openmash.apps.concerns.models import Contact, Draft
from openmash.web.raising.dates_said import Dated, When, lines_said, when_said
from tests.web.raising.conftest import Writer, text_of

RIGHT_NHS, WRONG_NHS = "943 476 5919", "943 476 5918"
RIGHT_UPN, WRONG_UPN = "H801200001001", "A801200001001"


def sent(writer: Writer) -> dict[str, Any]:
    """Sends what is written, with the least of everything else; the people described, by name."""
    writer.post("happening/", account="x")
    response = writer.send()
    assert response.status_code == 302, text_of(response)
    parts = Contact.objects.get().parts.select_related("description")
    return {part.description.name: part.description for part in parts}


def test_everything_known_of_a_child_is_kept_with_its_dates(teacher: Writer) -> None:
    teacher.begin()
    teacher.post(
        "child/1/",
        name="Zoya Hart",
        other_names="Zo; زویا",
        how_old="born",
        born_on_day="3",
        born_on_month="3",
        born_on_year="2019",
        born_not_sure="on",
        address="4 Mill Lane\nnf1 2ab",
        address_since="September 2024",
        school="Millbrook Primary",
        school_since="2023",
        gp="Elm Street Surgery",
        gp_since="last summer",
        earlier_names="Zoya Khan, until 2021",
        earlier_addresses="Flat 2, 9 High Street, NF2 3CD, 2019 to 2022\n1 The Green",
        earlier_schools="Acorns Nursery, until July 2023",
        telephone="020 7946 0000",
        nhs_number=RIGHT_NHS,
        upn=RIGHT_UPN,
    )
    child = sent(teacher)["Zoya Hart"]
    assert (child.born_on, child.born_on_is_approximate) == (date(2019, 3, 3), True)
    assert (child.postcode, child.telephone) == ("NF1 2AB", "020 7946 0000")
    names = [(said.given, said.kind, said.until, said.when) for said in child.names_said.all()]
    assert names == [("Zoya Khan", "former", date(2021, 12, 31), "until 2021")]
    homes = [(said.lines, said.postcode, said.since, said.until) for said in child.addresses_said.all()]
    assert homes == [
        ("4 Mill Lane\nnf1 2ab", "NF1 2AB", date(2024, 9, 1), None),
        ("Flat 2, 9 High Street, NF2 3CD", "NF2 3CD", date(2019, 1, 1), date(2022, 12, 31)),
        ("1 The Green", "", None, None),
    ]
    places = [(said.kind, said.name, said.since, said.until, said.when) for said in child.places_said.all()]
    assert places == [
        ("school", "Millbrook Primary", date(2023, 1, 1), None, "2023"),
        ("gp", "Elm Street Surgery", None, None, "last summer"),
        ("school", "Acorns Nursery", None, date(2023, 7, 31), "until July 2023"),
    ]
    numbers = {said.kind: (said.value, said.plain) for said in child.identifiers_said.all()}
    assert numbers == {"nhs_number": (RIGHT_NHS, "9434765919"), "upn": (RIGHT_UPN, RIGHT_UPN)}


def test_how_people_are_related_is_kept_between_them(teacher: Writer) -> None:
    teacher.begin()
    teacher.post("child/1/", name="Zoya Hart")
    teacher.post("child/2/", name="Amir Hart", related_1="twin")
    teacher.post("people/1/", role="parent", name="Ann Hart", related_1="mother", related_2="mother")
    teacher.post(
        "people/2/",
        role="partner",
        name="Bo Lee",
        related_1="step_parent",
        partner_of="partner-1",
        related_when="March 2022",
    )
    teacher.post("people/3/", role="parent", name="Carl Hart")
    people = sent(teacher)
    said = {
        (said.one.name, said.kind, said.other.name, said.since)
        for person in people.values()
        for said in person.is_said_to_be.select_related("one", "other")
    }
    assert said == {
        ("Amir Hart", "twin", "Zoya Hart", None),
        ("Ann Hart", "mother", "Zoya Hart", None),
        ("Ann Hart", "mother", "Amir Hart", None),
        ("Bo Lee", "step_parent", "Zoya Hart", date(2022, 3, 1)),
        ("Bo Lee", "partner", "Ann Hart", date(2022, 3, 1)),
        ("Carl Hart", "parent", "Zoya Hart", None),
        ("Carl Hart", "parent", "Amir Hart", None),
    }


def test_the_copy_of_what_was_sent_has_all_of_it(teacher: Writer) -> None:
    teacher.begin()
    teacher.post(
        "child/1/", name="Zoya Hart", nhs_number=RIGHT_NHS, earlier_addresses="1 The Green, until 2019"
    )
    teacher.post("people/1/", role="parent", name="Ann Hart", related_1="mother", related_when="2019")
    sent(teacher)
    text = text_of(teacher.client.get(f"/hearing-back/{Contact.objects.get().pk}/"))
    assert f"NHS number: {RIGHT_NHS}" in text
    assert "Earlier addresses: 1 The Green, until 2019" in text
    assert "Mother of: Zoya Hart, 2019" in text


def test_not_answering_how_people_are_related_says_nothing(teacher: Writer) -> None:
    teacher.begin()
    teacher.post("child/1/", name="Zoya Hart")
    teacher.post("people/1/", role="relative", name="Ann Hart", related_1="")
    people = sent(teacher)
    assert not people["Ann Hart"].is_said_to_be.exists()


def test_somebody_may_be_told_of_before_the_child_is(teacher: Writer) -> None:
    teacher.begin()
    teacher.post("people/1/", role="parent", name="Ann Hart", related_1="mother")
    teacher.post("child/1/", name="Zoya Hart")
    people = sent(teacher)
    assert people["Ann Hart"].is_said_to_be.get().other == people["Zoya Hart"]


def test_a_removed_person_takes_what_was_said_of_them_along(teacher: Writer) -> None:
    teacher.begin()
    teacher.post("child/1/", name="Zoya Hart")
    teacher.post("people/1/", role="parent", name="Ann Hart")
    teacher.post("people/2/", role="partner", name="Bo Lee", partner_of="partner-1")
    teacher.post("people/1/remove/")
    assert "Ann Hart" not in sent(teacher)
    assert not Contact.objects.get().parts.get(role="partner").description.is_said_to_be.exists()


POINTED_OUT: list[tuple[str, dict[str, Any], str]] = [
    ("child/1/", {"nhs_number": WRONG_NHS}, "the last digit does not fit the others"),
    (
        "child/1/",
        {"nhs_number": WRONG_NHS},
        "You can leave it as it is; it is kept, but not used to find the child.",
    ),
    ("child/1/", {"nhs_number": "123"}, "An NHS number has 10 digits; this has 3."),
    ("child/1/", {"upn": WRONG_UPN}, "its first letter does not fit the rest"),
    ("child/1/", {"name": "Z"}, "One letter is kept, but nobody can be found by it."),
    ("child/1/", {"name": "12"}, "There is no letter in this name."),
    ("child/1/", {"name": "Zoe" * 100}, "This is longer than a name usually is."),
    ("child/1/", {"address": "4 Mill Lane, NF1 2B"}, "“NF1 2B” is not a whole postcode."),
    ("child/1/", {"school": "Oak", "school_since": "1850"}, "A year before 1900 is kept in your words"),
    ("child/1/", {"school": "Oak", "school_since": "May 2999"}, "A date here is still to come."),
    ("child/1/", {"school_since": "2019"}, "kept only together with what it is about, which is still empty"),
    (
        "child/1/",
        {"earlier_addresses": "1 The Green, until 1850"},
        "A year before 1900 is kept in your words",
    ),
    ("people/1/", {"role": "parent", "nhs_number": "123"}, "not used to find them."),
    (
        "people/1/",
        {"role": "parent", "related_when": "2019"},
        "how they are related, which is not chosen yet",
    ),
]


@pytest.mark.parametrize(("path", "answers", "sentence"), POINTED_OUT)
def test_a_slip_is_pointed_out_and_stands_in_the_way_of_nothing(
    teacher: Writer, path: str, answers: dict[str, Any], sentence: str
) -> None:
    teacher.begin()
    teacher.post("child/1/", name="")
    response = teacher.post(path, **answers)
    assert response.status_code == 302, "it is kept as it is"
    assert sentence in text_of(teacher.client.get(response["Location"])), (
        "said on the next page, for want of a script"
    )
    for page in (path, "check/"):
        assert sentence in text_of(teacher.get(page)), page
    name = path.strip("/").replace("/", "-").replace("people", "person")
    kept = teacher.keep(name, **answers).json()
    assert any(sentence in said for said in kept["notices"].values()), "said while it is typed"
    sent(teacher)


def test_a_number_that_fails_its_check_is_kept(teacher: Writer) -> None:
    teacher.begin()
    teacher.post("child/1/", name="Zoya Hart", nhs_number=WRONG_NHS)
    said = sent(teacher)["Zoya Hart"].identifiers_said.get()
    assert (said.value, said.plain) == (WRONG_NHS, "")
    assert said.why_not


@pytest.mark.parametrize(
    "name", ["", "李", "Ng", "Þór", "أحمد", "Zoe\u0308", "O’Neill-Smith", "Łukasz Żak", "김", "Jean  Luc"]
)
def test_any_name_in_any_script_is_a_name(teacher: Writer, name: str) -> None:
    teacher.begin()
    teacher.post("child/1/", name=name)
    assert teacher.keep("child-1", name=name).json()["notices"] == {}
    assert list(sent(teacher)) == [name]


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        ({"born_on_year": "1899"}, "Date of birth must be in 1900 or later"),
        ({"born_on_year": "2999"}, "Date of birth must be today or in the past"),
    ],
)
def test_an_impossible_date_of_birth_loses_nothing_typed(
    teacher: Writer, answers: dict[str, str], sentence: str
) -> None:
    teacher.begin()
    born = {"how_old": "born", "born_on_day": "1", "born_on_month": "5", **answers}
    response = teacher.post("child/1/", name="Zoya Hart", nhs_number=WRONG_NHS, earlier_names="Z K", **born)
    body = response.content.decode()
    assert sentence in body
    for typed in ("Zoya Hart", WRONG_NHS, "Z K"):
        assert typed in body
    assert Draft.objects.get().pages["child-1"]["nhs_number"] == [WRONG_NHS]


def test_the_account_shows_everything_and_holds_up_nothing_rare_as_missing(teacher: Writer) -> None:
    teacher.begin()
    teacher.post(
        "child/1/", name="Zoya Hart", nhs_number=RIGHT_NHS, earlier_addresses="1 The Green, until 2019"
    )
    teacher.post("people/1/", role="parent", name="Ann Hart", related_1="mother")
    teacher.post("people/2/", role="partner", name="Bo Lee", partner_of="former_partner-1")
    text = text_of(teacher.get("check/"))
    assert f"NHS number {RIGHT_NHS}" in text
    assert "Earlier addresses 1 The Green, until 2019" in text
    assert "Related to Zoya Hart Mother" in text
    assert "Partner Former partner of Ann Hart" in text
    assert "Unique pupil number" not in text, "few people know it, so its absence is no gap"


WORDS = [
    ("2019", When(date(2019, 1, 1), None, "2019")),
    ("about September 2024", When(date(2024, 9, 1), None, "about September 2024")),
    ("since 3 Sept 2024", When(date(2024, 9, 3), None, "since 3 Sept 2024")),
    ("3/9/2024", When(date(2024, 9, 3), None, "3/9/2024")),
    ("2024-09-03", When(date(2024, 9, 3), None, "2024-09-03")),
    ("2019 to February 2020", When(date(2019, 1, 1), date(2020, 2, 29), "2019 to February 2020")),
    ("2019–2023", When(date(2019, 1, 1), date(2023, 12, 31), "2019–2023")),
    ("until 2020", When(None, date(2020, 12, 31), "until 2020")),
    ("31 February 2020", When(None, None, "31 February 2020")),
    ("2023 to 2019", When(None, None, "2023 to 2019")),
    ("as long as I know", When(None, None, "as long as I know")),
    ("", When()),
]


@pytest.mark.parametrize(("words", "when"), WORDS)
def test_when_something_was_so_in_the_words_people_use(words: str, when: When) -> None:
    assert when_said(words) == when


LINES = [
    ("4 Mill Lane, NF1 2AB, 2019 to 2023", "4 Mill Lane, NF1 2AB", (date(2019, 1, 1), date(2023, 12, 31))),
    ("Flat 2, 10 High St NF1 2AB since March 2020", "Flat 2, 10 High St NF1 2AB", (date(2020, 3, 1), None)),
    ("1999 High Road, NF1 2AB", "1999 High Road, NF1 2AB", (None, None)),
    ("St Mary’s (2019 to 2023)", "St Mary’s", (date(2019, 1, 1), date(2023, 12, 31))),
    ("Oak School, May 2019", "Oak School", (None, None)),
    ("12 to 14 Mill Lane", "12 to 14 Mill Lane", (None, None)),
]


@pytest.mark.parametrize(("line", "text", "dates"), LINES)
def test_the_dates_at_the_end_of_a_line(line: str, text: str, dates: tuple[date | None, date | None]) -> None:
    (said,) = lines_said(line)
    assert (said.text, (said.when.since, said.when.until)) == (text, dates)


def test_no_line_is_lost() -> None:
    said = lines_said("1 The Green, until 1850\n\n ; \nsomewhere in Leeds")
    assert said == (
        Dated("1 The Green", When(None, None, "until 1850")),
        Dated("somewhere in Leeds", When()),
    )
