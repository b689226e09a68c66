"""What each pair of names, dates and addresses is to the engine: the table a practitioner may argue with."""

from dataclasses import replace
from datetime import date

import pytest

from openmash.engines.matching.described import (
    Address,
    Born,
    DescribedPerson,
    Identifier,
    IdentifierKind,
    PersonName,
)
from openmash.engines.matching.letters import skeleton
from tests.engines.matching.people import YUSUF, born, level, named


@pytest.mark.parametrize(
    "spellings",
    [
        "muhammad mohammed mohamed mhmd",
        "yusuf youssef yousuf",
        "chowdhury choudhry chaudhary",
        "aisha ayesha ayse",
        "catherine katherine",
        "wojcik woycik",
        "stefan stephan",
        "szymon shimon",
        "kowalski kowalska",
        "ahmed ahmad ahmd",
    ],
)
def test_spellings_of_one_name_have_one_skeleton(spellings: str) -> None:
    assert len({skeleton(word) for word in spellings.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Yusuf", "YUSUF", "exact"),
        ("Yusuf", "Youssef", "nickname"),
        ("Mohammed", "محمد", "spelling"),
        ("Aisha", "Ayesha", "nickname"),
        ("Robert", "Bob", "nickname"),
        ("Kasia", "Katarzyna", "nickname"),
        ("Oluwaseun", "Seun", "nickname"),
        ("Charlotte", "Charlottte", "spelling"),
        ("Charlotte", "Charlotre", "close"),
        ("Amin", "Amina", "lookalike"),
        ("Y", "Yusuf", "initial"),
        ("Ayaan", "Sarah", "different"),
        ("Mohammed Yusuf", "Yusuf", "exact"),
        ("Mohammed", "Mohammed Yusuf", "common_part"),
        ("Mohammed Yusuf", "Mohammed Ibrahim", "different"),
        ("Mary Jane", "Jane", "middle"),
        ("Abdulrahman", "Abdul Rahman", "exact"),
        ("Zoë", "Zoe", "exact"),
        ("Baby", "Yusuf", "not compared"),
        ("Twin 1", "Yusuf", "not compared"),
        ("N/K", "Yusuf", "not compared"),
        ("not known", "Yusuf", "not compared"),
        ("", "Yusuf", "not compared"),
    ],
)
def test_forenames(one: str, other: str, expected: str) -> None:
    pair = named(one, "Okafor"), named(other, "Okafor")
    assert level(*pair, "forename") == expected
    assert level(pair[1], pair[0], "forename") == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("O'Brien", "OBrien", "exact"),
        ("O’Brien", "O Brien", "exact"),
        ("Smith-Jones", "Jones", "part"),
        ("Smith-Jones", "Smith Jones", "exact"),
        ("McDonald", "MacDonald", "spelling"),
        ("al-Hassan", "Hassan", "part"),
        ("Chowdhury", "Choudhry", "spelling"),
        ("Kowalski", "Kowalska", "spelling"),
        ("Nguyễn", "Nguyen", "exact"),
        ("Smith", "Smyth", "spelling"),
        ("Patel", "Pattel", "spelling"),
        ("Patel", "Okafor", "different"),
    ],
)
def test_family_names(one: str, other: str, expected: str) -> None:
    assert level(named("Ivy", one), named("Ivy", other), "family_name") == expected


@pytest.mark.parametrize(
    "whole", ["Ayesha Khan", "Khan, Ayesha", "Khan Ayesha", "Ayesha Bibi Khan", "Miss Ayesha Khan"]
)
def test_a_name_in_one_piece_is_read_in_either_order(whole: str) -> None:
    pair = named(whole), named("Ayesha", "Khan")
    assert (level(*pair, "forename"), level(*pair, "family_name")) == ("exact", "exact")


def test_fields_filled_the_wrong_way_round_are_noticed() -> None:
    pair = named("Khan", "Yusuf"), named("Yusuf", "Khan")
    assert level(*pair, "name_order") == "turned_round"
    assert level(*pair, "forename") == "exact"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Maya Okafor", "Adaeze Okafor"), ("Khan Yusuf", "Khan Yahya"), ("Okafor Maya", "Adaeze Okafor")],
)
def test_brothers_and_sisters_never_agree_by_turning_names_round(one: str, other: str) -> None:
    assert level(named(one), named(other), "forename") in ("different", "similar", "lookalike")


def test_an_earlier_name_counts_as_much() -> None:
    other = replace(YUSUF, names=(PersonName("Yusuf", "Malik"), PersonName("Yusuf", "Khan")))
    assert level(YUSUF, other, "family_name") == "exact"


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (date(2014, 3, 5), "exact"),
        (date(2014, 5, 3), "swapped"),
        (date(2014, 3, 6), "one_digit"),
        (date(2015, 3, 5), "year_off"),
        (date(2010, 3, 5), "one_digit"),
        (date(2009, 3, 5), "day_and_month"),
        (date(2014, 1, 1), "year_only"),
        (date(2014, 3, 28), "two_parts"),
        (date(2014, 8, 19), "within_nine_months"),
        (date(2011, 9, 27), "different"),
        (date(1900, 1, 1), "not compared"),
        (date(1850, 3, 5), "not compared"),
        (date(2031, 3, 5), "not compared"),
    ],
)
def test_dates_of_birth(other: date, expected: str) -> None:
    assert level(YUSUF, born(other), "born") == expected
    assert level(born(other), YUSUF, "born") == expected


@pytest.mark.parametrize(
    ("age", "expected"), [(12, "fits"), (13, "near"), (10, "off"), (3, "far"), (-4, "not compared")]
)
def test_an_age_on_the_day_it_was_said(age: int, expected: str) -> None:
    other = replace(YUSUF, born=Born(age_years=age, age_said_on=date(2026, 11, 1)))
    assert level(YUSUF, other, "age") == expected


def test_the_same_first_of_january_says_little() -> None:
    january = born(date(2014, 1, 1))
    assert level(january, january, "born") == "january"


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2026, 11, 20), "fits"), (date(2026, 8, 1), "near"), (date(2024, 1, 5), "far")]
)
def test_a_child_expected_and_a_child_born(day: date, expected: str) -> None:
    unborn = DescribedPerson(born=Born(expected_on=date(2026, 11, 24)), is_unborn=True)
    assert level(unborn, DescribedPerson(born=Born(day)), "expected") == expected


@pytest.mark.parametrize(
    ("lines", "code", "expected"),
    [
        ("12 High St", "nf12ab", "house"),
        ("14 High Street", "NF1 2AB", "postcode"),
        ("", "NF1 2AB", "postcode"),
        ("", "NF1 2XY", "sector"),
        ("", "NF1 7AB", "one_off"),
        ("", "NF1 8XY", "district"),
        ("", "QX9 8ZZ", "different"),
        ("12 High Street", "", "street"),
        ("Flat 3, 12 High Street", "NF1 2AB", "postcode"),
        ("High Street 12, NORFIELD", "NF1 2AB", "house"),
        ("", "ZZ99 3VZ", "not compared"),
        ("somewhere", "", "not compared"),
    ],
)
def test_addresses(lines: str, code: str, expected: str) -> None:
    assert level(YUSUF, replace(YUSUF, addresses=(Address(lines, code),)), "address") == expected


def test_an_old_address_on_either_side_counts() -> None:
    moved = replace(
        YUSUF,
        addresses=(
            Address("3 New Road", "QX9 8ZZ"),
            Address("12 High Street", "NF1 2AB", until=date(2020, 1, 1)),
        ),
    )
    assert level(YUSUF, moved, "address") == "house"
    assert level(moved, YUSUF, "address") == "house"


def test_a_local_number_counts_only_beside_the_same_issuer() -> None:
    def with_number(issuer: str, value: str) -> DescribedPerson:
        return replace(YUSUF, identifiers=(Identifier(IdentifierKind.LOCAL, value, issuer),))

    assert (
        level(with_number("Norfield", "A 1701"), with_number("norfield", "a1701"), "local_number") == "same"
    )
    assert (
        level(with_number("Norfield", "A1701"), with_number("Police", "A1701"), "local_number")
        == "not compared"
    )
    assert (
        level(with_number("Norfield", "A1701"), with_number("Norfield", "A1801"), "local_number")
        == "different"
    )

    for nobodys in ("not known", "n/a", "0000", "12"):
        same = with_number("Norfield", nobodys)
        assert level(same, same, "local_number") == "not compared", nobodys


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("St Mary's Primary School", "St. Marys RC Primary", "same"),
        ("Elm", "Elm Primary School", "same"),
        ("St Mary's Primary", "St John's CE School", "different"),
        ("Park Road Primary", "Mill Road Primary", "different"),
        ("None", "none", "not compared"),
        ("Not at school", "not known", "not compared"),
        ("Home educated", "Home educated", "not compared"),
    ],
)
def test_a_school_is_the_same_only_when_its_name_is(one: str, other: str, expected: str) -> None:
    here, there = (replace(YUSUF, schools=(name,), addresses=()) for name in (one, other))
    assert level(here, there, "school") == expected


def test_two_dates_that_nobody_was_sure_of_are_no_date_of_birth() -> None:
    unsure = replace(YUSUF, born=Born(date(2015, 6, 1), is_approximate=True))
    assert level(unsure, unsure, "born") == "not compared"
    assert level(unsure, unsure, "age") == "fits"


@pytest.mark.parametrize("words", ["Mum", "Mother", "Don't know", "Not stated", "XXX", "Redacted", "Sibling"])
def test_what_stands_for_a_name_is_no_name(words: str) -> None:
    unnamed = replace(YUSUF, names=(PersonName(words),), parents=(PersonName(words),))
    assert level(unnamed, unnamed, "forename") == "not compared"
    assert level(unnamed, unnamed, "parents") == "not compared"


def test_an_identifier_that_fails_its_check_is_no_evidence() -> None:
    wrong = replace(YUSUF, identifiers=(Identifier(IdentifierKind.NHS_NUMBER, "943 476 5918"),))
    right = replace(YUSUF, identifiers=(Identifier(IdentifierKind.NHS_NUMBER, "943 476 5919"),))
    assert level(wrong, right, "nhs_number") == "not compared"
