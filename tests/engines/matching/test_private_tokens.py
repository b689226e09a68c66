"""What tokens are made of, and that what should be alike is alike."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmash.engines.matching.described import (
    Address,
    Born,
    DescribedPerson,
    Identifier,
    IdentifierKind,
    PersonName,
)
from openmash.engines.matching.private.kinds import Kind
from openmash.engines.matching.private.messages import POINTS
from openmash.engines.matching.private.tokens import (
    ASKED_FIRST,
    tokens_to_ask,
    tokens_to_keep,
    why_too_little,
)

TODAY = date(2026, 11, 16)
BORN = Born(on=date(2016, 3, 14))
HOME = Address("1 Mill Lane", "NF1 2AB")
AYESHA = DescribedPerson(names=(PersonName("Ayesha", "Khan"),), born=BORN, addresses=(HOME,))


def kinds_shared(asked: DescribedPerson, kept: DescribedPerson) -> set[Kind]:
    return {kind for kind, _token in {*tokens_to_ask(asked, on=TODAY)} & {*tokens_to_keep(kept)}}


def test_every_kind_has_a_place_in_a_question() -> None:
    assert sorted(ASKED_FIRST) == sorted(Kind)


@pytest.mark.parametrize(
    "other",
    [
        PersonName("Aisha", "Khan"),
        PersonName("Khan", "Ayesha"),
        PersonName("KHAN, Ayesha"),
        PersonName("ayesha khan"),
        PersonName("عائشة", "خان"),
    ],
)
def test_spelling_order_and_script_do_not_matter(other: PersonName) -> None:
    shared = kinds_shared(replace(AYESHA, names=(other,)), AYESHA)
    assert {Kind.DATE_AND_NAME, Kind.YEAR_AND_NAMES, Kind.POSTCODE_AND_NAME} <= shared


def test_day_and_month_may_be_swapped() -> None:
    one = replace(AYESHA, born=Born(on=date(2016, 3, 4)))
    other = replace(AYESHA, born=Born(on=date(2016, 4, 3)))
    assert {Kind.DATE_AND_NAME, Kind.POSTCODE_AND_DATE} <= kinds_shared(one, other)


@pytest.mark.parametrize("age", [9, 10, 11])
def test_an_age_covers_the_years_it_may_mean(age: int) -> None:
    told = replace(AYESHA, born=Born(age_years=age), addresses=())
    assert Kind.YEAR_AND_NAMES in kinds_shared(told, AYESHA)
    assert kinds_shared(replace(told, born=Born(age_years=4)), AYESHA) == set()


def test_one_letter_wrong_in_a_name_still_hits() -> None:
    kept = replace(AYESHA, names=(PersonName("Ayesha", "Chowdhury"),))
    asked = replace(AYESHA, names=(PersonName("Ayesha", "Chowdmury"),))
    assert Kind.YEAR_AND_NAMES_MISSPELT in kinds_shared(asked, kept)


def test_no_token_of_names_alone_or_of_an_identifier_alone() -> None:
    number = Identifier(IdentifierKind.NHS_NUMBER, "943 476 5919")
    parents = (PersonName("Sana", "Khan"),)
    only_names = DescribedPerson(names=AYESHA.names, parents=parents)
    assert tokens_to_keep(only_names) == []
    assert tokens_to_keep(DescribedPerson(identifiers=(number,))) == []
    assert tokens_to_keep(DescribedPerson(addresses=(HOME,), parents=())) == []
    beside = tokens_to_keep(replace(only_names, identifiers=(number,)))
    assert {kind for kind, _token in beside} == {Kind.NUMBER_AND_NAME}


@pytest.mark.parametrize("name", ["Baby", "unknown", "Not Known", "", "—", "Unborn child"])
def test_words_that_stand_for_not_known_are_no_name(name: str) -> None:
    person = replace(AYESHA, names=(PersonName(name, "Khan"),))
    alone = replace(AYESHA, names=(PersonName("", "Khan"),))
    assert tokens_to_keep(person) == tokens_to_keep(alone)


def test_first_of_january_counts_as_a_year_only() -> None:
    kinds = {kind for kind, _token in tokens_to_keep(replace(AYESHA, born=Born(on=date(2016, 1, 1))))}
    assert Kind.YEAR_AND_NAMES in kinds
    assert not kinds & {Kind.DATE_AND_NAME, Kind.POSTCODE_AND_DATE, Kind.DAY_AND_NAMES}


def test_a_wrong_nhs_number_is_not_used() -> None:
    number = Identifier(IdentifierKind.NHS_NUMBER, "943 476 5918")
    assert tokens_to_keep(replace(AYESHA, identifiers=(number,))) == tokens_to_keep(AYESHA)


names = st.builds(PersonName, st.text(max_size=30), st.text(max_size=300))
people = st.builds(
    DescribedPerson,
    names=st.lists(names, max_size=4).map(tuple),
    born=st.one_of(
        st.builds(Born, on=st.dates()), st.builds(Born, age_years=st.integers(0, 25)), st.just(Born())
    ),
    addresses=st.lists(st.builds(Address, postcode=st.sampled_from(["NF1 2AB", "", "?"])), max_size=2).map(
        tuple
    ),
    parents=st.lists(names, max_size=2).map(tuple),
)


@given(people)
def test_any_description_gives_few_enough_tokens_each_once(person: DescribedPerson) -> None:
    asked = tokens_to_ask(person, on=TODAY)
    assert len(asked) <= POINTS
    assert len(set(asked)) == len(asked)
    kept = tokens_to_keep(person)
    assert len({token for _kind, token in kept}) == len(kept)


@given(people)
def test_there_is_something_to_ask_unless_a_sentence_says_what_is_missing(person: DescribedPerson) -> None:
    assert bool(why_too_little(person, on=TODAY)) or tokens_to_ask(person, on=TODAY)


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        (DescribedPerson(born=BORN, addresses=(HOME,)), "Give a name."),
        (DescribedPerson(names=AYESHA.names), "Give a date of birth"),
        (DescribedPerson(names=(PersonName("Ayesha"),), born=Born(age_years=9)), "Give a second name"),
        (AYESHA, ""),
    ],
)
def test_too_little_is_said_in_a_sentence(person: DescribedPerson, sentence: str) -> None:
    assert why_too_little(person, on=TODAY).startswith(sentence)
    assert bool(why_too_little(person, on=TODAY)) == bool(sentence)


@pytest.mark.parametrize(
    "nothing",
    [
        {"addresses": (Address("No fixed abode", "ZZ99 3VZ"),)},
        {"telephones": ("00000 000000",)},
        {"parents": (PersonName("Mum"), PersonName("Unknown", "Unknown"))},
        {"names": (PersonName("Ayesha", "Khan"), PersonName("Baby", "Unknown"))},
    ],
)
def test_what_stands_for_not_known_makes_no_token(nothing: dict[str, Any]) -> None:
    bare = replace(AYESHA, addresses=())
    assert tokens_to_keep(replace(bare, **nothing)) == tokens_to_keep(bare)
    assert tokens_to_ask(replace(bare, **nothing), on=TODAY) == tokens_to_ask(bare, on=TODAY)


def test_no_fixed_abode_is_not_enough_beside_a_name() -> None:
    nowhere = DescribedPerson(names=AYESHA.names, addresses=(Address("", "ZZ99 3VZ"),))
    assert "Give a date of birth" in why_too_little(nowhere, on=TODAY)
