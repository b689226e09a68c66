"""Whether two people are one, in words, and what must hold whoever they are."""

from dataclasses import fields, replace
from datetime import date
from itertools import permutations
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmash.engines.matching import judging, keys, record, weights
from openmash.engines.matching.comparing import LEVELS, Compared
from openmash.engines.matching.described import (
    Address,
    Born,
    DescribedPerson,
    Identifier,
    IdentifierKind,
    PersonName,
    Sex,
)
from openmash.engines.matching.judging import Match, Sureness, judge_all
from openmash.engines.matching.wording import sentence
from tests.engines.matching.people import NATION, ON, SECRET, YUSUF, compared, evidence, named

T = TypeVar("T")
NHS = tuple(Identifier(IdentifierKind.NHS_NUMBER, number) for number in ("943 476 5919", "401 023 2137"))


def test_the_same_child_said_twice() -> None:
    assert compared(YUSUF, YUSUF).sureness is Sureness.VERY_LIKELY


@pytest.mark.parametrize("other", ["Yahya", "Hamza", "Aisha", "Y", "Baby"])
def test_a_twin_is_not_called_the_same_child(other: str) -> None:
    assert compared(YUSUF, named(other, "Khan")).sureness is not Sureness.VERY_LIKELY


def test_a_twin_with_another_sex_is_called_a_twin() -> None:
    sister = replace(named("Aisha", "Khan"), sex=Sex.FEMALE)
    assert compared(YUSUF, sister).sureness is Sureness.SIBLING_OR_TWIN


def test_a_brother_is_called_a_brother() -> None:
    brother = replace(named("Hamza", "Khan"), born=Born(date(2011, 9, 27)))
    match = compared(YUSUF, brother)
    assert match.sureness is Sureness.SIBLING_OR_TWIN
    assert "Different forename: Yusuf, Hamza" in [each.words for each in match.evidence]


def test_somebody_else_is_unlikely() -> None:
    other = DescribedPerson((PersonName("Olivia", "Smith"),), Born(date(2009, 7, 30)), Sex.FEMALE)
    assert compared(YUSUF, other).sureness is Sureness.UNLIKELY


def test_a_name_alone_is_too_little_and_says_what_to_ask() -> None:
    match = compared(DescribedPerson((PersonName("Yusuf Khan"),)), YUSUF)
    assert match.sureness is Sureness.TOO_LITTLE
    assert "the date of birth" in match.ask_for


def test_two_valid_nhs_numbers_are_a_veto_and_say_so() -> None:
    one, other = (replace(YUSUF, identifiers=(number,)) for number in NHS)
    match = compared(one, other)
    assert match.same == 0
    assert "two different NHS numbers" in match.veto
    assert match.sureness is not Sureness.VERY_LIKELY


def test_one_nhs_number_for_two_people_is_not_the_end_of_the_matter() -> None:
    one = replace(YUSUF, identifiers=NHS[:1])
    other = DescribedPerson(
        (PersonName("Olivia", "Smith"),),
        Born(date(2009, 7, 30)),
        Sex.FEMALE,
        (Address("4 Mill Lane", "QX9 8ZZ"),),
        NHS[:1],
        (PersonName("Karen", "Smith"),),
    )
    assert compared(one, other).sureness is not Sureness.VERY_LIKELY


def test_a_rare_name_says_more_than_a_common_one() -> None:
    common = evidence(named("George", "Smith"), named("George", "Smith"), "family_name")
    rare = evidence(named("George", "Featherstonehaugh"), named("George", "Featherstonehaugh"), "family_name")
    assert common and rare and rare.same_bits > common.same_bits + 3


def test_candidates_compete_unless_they_are_one_person() -> None:
    unsure = DescribedPerson((PersonName("Yusuf Khan"),), Born(date(2014, 3, 5)), Sex.MALE)
    two = {
        1: replace(
            YUSUF, addresses=(Address("1 Elm Road", "QX9 8ZZ"),), parents=(PersonName("Nadia", "Khan"),)
        ),
        2: YUSUF,
    }
    alone = _judged(unsure, {2: YUSUF})[2]
    assert _judged(unsure, two)[2].same < alone.same
    assert _judged(unsure, {2: YUSUF, 3: YUSUF})[2].same == pytest.approx(alone.same)


def _most_of_any_rival(weighed: Any, here: Any, prior: float) -> list[float]:
    """What `_rivals` should find, every candidate that is not out of the question compared with every other."""
    odds = [0.0 if found.veto else 2.0 ** (found.same + prior) for found in weighed]
    found = [0.0] * len(odds)
    for one, other in permutations([n for n, each in enumerate(odds) if each > 0.01], 2):
        if not judging._are_one(weighed[one], weighed[other], here, prior):
            found[one] = max(found[one], odds[other])
    return found


CROWD = [
    YUSUF,
    named("Yusuf Khan"),
    replace(YUSUF, addresses=(), parents=()),
    replace(named("Yousef", "Khan"), born=Born(date(2014, 5, 3))),
    replace(YUSUF, addresses=(Address("1 Elm Road", "QX9 8ZZ"),), parents=(PersonName("Nadia", "Khan"),)),
    named("Yahya", "Khan"),
    replace(YUSUF, identifiers=NHS[:1]),
    replace(YUSUF, identifiers=NHS[1:]),
    replace(named("Yusuf", "Ahmed"), parents=()),
]


@given(st.sampled_from(CROWD), st.lists(st.sampled_from(CROWD), min_size=1, max_size=9))
def test_the_quick_way_to_find_rivals_says_the_same_as_comparing_everybody_with_everybody(
    one: DescribedPerson, others: list[DescribedPerson]
) -> None:
    quick = _judged(one, dict(enumerate(others)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(judging, "_rivals", _most_of_any_rival)
        slow = _judged(one, dict(enumerate(others)))
    for key, match in slow.items():
        assert quick[key].sureness is match.sureness
        assert quick[key].same == pytest.approx(match.same, abs=0.001)
        assert quick[key].evidence == match.evidence


def _judged(one: DescribedPerson, others: dict[int, DescribedPerson]) -> dict[int, Match]:
    return dict(judge_all(one, others, weights=weights.current(), population=NATION, on=ON))


def test_every_level_has_weights_and_words() -> None:
    for field, levels in LEVELS.items():
        for level in levels:
            shared = "yusuf khan" if field == "names_together" else ""
            weights.current().for_population(NATION).bits(field, level, shared)
            assert sentence(Compared(field, level))


def test_a_first_of_january_says_no_more_than_the_year() -> None:
    levels = weights.current().levels["born"]
    assert levels["january"].bits[0] <= levels["year_only"].bits[0] + 0.1
    one = DescribedPerson((PersonName("Ahmad", "Ahmadi"),), Born(date(2009, 1, 1)), Sex.MALE)
    assert compared(one, one).sureness is not Sureness.VERY_LIKELY
    hotel = (Address("Park Hotel, 1 Station Road", "NF1 2AB"),)
    two = replace(named("Ahmad", "Karimi", one), addresses=hotel)
    assert compared(replace(one, addresses=hotel), two).sureness is not Sureness.VERY_LIKELY


@pytest.mark.parametrize("field", ["forename", "family_name", "parents"])
def test_a_weaker_agreement_of_names_never_says_more_than_the_same_name(field: str) -> None:
    levels = weights.current().levels[field]
    assert max(chances.bits[0] for chances in levels.values()) <= levels["exact"].bits[0] + 0.01
    assert levels["initial"].bits[0] <= 4


def test_a_parents_initial_is_no_proof() -> None:
    one = DescribedPerson((PersonName("Leo", "Smith"),), Born(date(2014, 3, 5)), parents=(PersonName("M"),))
    other = replace(one, parents=(PersonName("Mandy"),))
    assert compared(one, other).sureness is not Sureness.VERY_LIKELY


def test_an_unknown_version_of_the_weights_is_refused() -> None:
    with pytest.raises(LookupError, match="1999-01"):
        weights.version("1999-01")
    with pytest.raises(LookupError):
        weights.version("../../secrets")


# --- what holds for anybody ---------------------------------------------------------------------------

ODD = [
    "",
    "Y",
    "Baby",
    "Khan, Yusuf",
    "محمد",
    "王小明",
    "O'Brien",
    "Smith-Jones",
    "é́́",
    "\ud800",
    "Yusuf Khan",
]
texts = st.one_of(st.text(max_size=30), st.text(min_size=300, max_size=320), st.sampled_from(ODD))
postcodes = st.sampled_from(["NF1 2AB", "NF1 2AC", "QX9 8ZZ", ""]) | texts
numbers = st.builds(Identifier, st.sampled_from(IdentifierKind), texts | st.just("9434765919"), texts)
person_names = st.builds(PersonName, texts, texts)
days = st.none() | st.dates()
births = st.builds(Born, days, st.booleans(), st.none() | st.integers(-5, 300), days, days)


def _several(of: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(of, max_size=2).map(tuple)


people = st.builds(
    DescribedPerson,
    names=_several(person_names),
    born=births,
    sex=st.sampled_from(Sex),
    addresses=_several(st.builds(Address, texts, postcodes)),
    identifiers=_several(numbers),
    parents=_several(person_names),
    siblings=_several(person_names),
    schools=_several(texts),
    telephones=_several(texts),
    is_unborn=st.booleans(),
    is_adult=st.booleans(),
)


@given(people, people)
def test_any_two_people_can_be_compared_and_it_does_not_matter_which_comes_first(
    one: DescribedPerson, other: DescribedPerson
) -> None:
    there, back = compared(one, other), compared(other, one)
    assert there.same + there.sibling + there.unrelated == pytest.approx(1)
    assert there.same == pytest.approx(back.same)
    assert there.sureness is back.sureness


@given(people)
def test_nothing_known_of_somebody_is_no_evidence(one: DescribedPerson) -> None:
    match = compared(one, DescribedPerson())
    assert match.evidence == ()
    assert match.sureness is Sureness.TOO_LITTLE


@given(people, people)
def test_two_valid_nhs_numbers_always_veto(one: DescribedPerson, other: DescribedPerson) -> None:
    match = compared(replace(one, identifiers=NHS[:1]), replace(other, identifiers=NHS[1:]))
    assert match.veto and match.same == 0


AGREEING = {
    "names": (PersonName("Yusuf", "Khan"),),
    "born": Born(date(2014, 3, 5)),
    "sex": Sex.MALE,
    "addresses": (Address("12 High Street", "NF1 2AB"),),
    "identifiers": NHS[:1],
    "parents": (PersonName("Shazia", "Khan"),),
    "schools": ("Norfield Primary School",),
    "telephones": ("07700 900123",),
}


@given(people, people, st.sampled_from(sorted(AGREEING)))
def test_a_field_that_agrees_never_makes_the_same_person_less_likely_than_a_stranger(
    one: DescribedPerson, other: DescribedPerson, name: str
) -> None:
    empty: Any = next(field.default for field in fields(DescribedPerson) if field.name == name)
    agreeing: Any = AGREEING[name]
    # What is told of other people (siblings) changes what a name means, and is left out here.
    without = [replace(person, **{name: empty}, siblings=()) for person in (one, other)]
    having = [replace(person, **{name: agreeing}) for person in without]
    assert _for_same(*having) >= _for_same(*without) - 1e-9


def _for_same(one: DescribedPerson, other: DescribedPerson) -> float:
    return sum(each.same_bits for each in compared(one, other).evidence)


@given(people)
def test_a_person_comes_back_from_text_unchanged(person: DescribedPerson) -> None:
    text = record.as_text(person)
    assert record.from_text(text) == person
    text.encode()  # a database can keep it
    assert "\x00" not in text


@pytest.mark.parametrize("text", ["", "[]", "{", '{"n": 3}', "null", '{"x": "neither"}'])
def test_what_is_no_record_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        record.from_text(text)


# --- keys -----------------------------------------------------------------------------------------------


@given(people)
def test_keys_are_the_same_every_time_and_fit_a_bigint(person: DescribedPerson) -> None:
    stored = keys.keys_to_store(person, secret=SECRET)
    assert stored == keys.keys_to_store(person, secret=SECRET)
    assert all(-(2**63) <= key < 2**63 for key in stored | keys.keys_to_search(person, secret=SECRET, on=ON))


def test_keys_of_another_secret_share_nothing() -> None:
    assert not keys.keys_to_store(YUSUF, secret=SECRET) & keys.keys_to_store(YUSUF, secret=b"another")


@pytest.mark.parametrize(
    "said",
    [
        named("Youssef Khan"),
        named("Khan, Yusuf"),
        named("Yusuf", "Malik"),
        named("Joey", "Kahn"),
        # Day and month swapped, another family name, and the forename misheard.
        replace(
            named("Ussuf", "Karim"),
            born=Born(date(2014, 5, 3)),
            addresses=(Address("", "NF8 9ZZ"),),
            parents=(),
        ),
        replace(YUSUF, born=Born(date(2015, 3, 5)), addresses=(), parents=()),
        replace(YUSUF, born=Born(age_years=12, age_said_on=ON), addresses=(), parents=()),
        replace(named("Yusof", "Kahn"), born=Born(age_years=12, age_said_on=ON), addresses=(), parents=()),
        replace(named("Yusuf", "Other"), born=Born(), addresses=(Address("", "NF1 2AB"),), parents=()),
        replace(named(""), addresses=(Address("", "NF1 9ZZ"),), parents=()),
        replace(YUSUF, names=(), born=Born(), addresses=(Address("", "NF1 2AB"),)),
        # One slip in the date, one name right, moved: another day, month, year.
        replace(named("Adam", "Khan"), born=Born(date(2014, 3, 15)), addresses=(), parents=()),
        replace(named("Yusuf", "Other"), born=Born(date(2014, 7, 5)), addresses=(), parents=()),
        replace(named("Adam", "Khan"), born=Born(date(2012, 3, 5)), addresses=(), parents=()),
        # The first two letters the wrong way round, or the first one left out.
        replace(named("Adam hKan"), addresses=(), parents=()),
        replace(named("Yusuf", "aKhn"), born=Born(age_years=12, age_said_on=ON), addresses=(), parents=()),
        replace(named("Adam", "Ykhan"), addresses=(), parents=()),
    ],
)
def test_a_child_badly_described_still_shares_a_key(said: DescribedPerson) -> None:
    if not said.names:
        said = replace(said, identifiers=NHS[:1])
        stored = keys.keys_to_store(replace(YUSUF, identifiers=NHS[:1]), secret=SECRET)
    else:
        stored = keys.keys_to_store(YUSUF, secret=SECRET)
    assert keys.keys_to_search(said, secret=SECRET, on=ON) & stored


def test_a_placeholder_makes_no_key_by_name() -> None:
    unnamed = DescribedPerson((PersonName("Baby", "Unknown"),))
    assert keys.keys_to_store(unnamed, secret=SECRET) == frozenset()


def test_an_unborn_child_is_found_by_the_mother() -> None:
    unborn = DescribedPerson(
        born=Born(expected_on=date(2027, 1, 30)), parents=(PersonName("Shazia", "Khan"),), is_unborn=True
    )
    later = replace(unborn, born=Born(expected_on=date(2027, 2, 8)))
    assert keys.keys_to_search(later, secret=SECRET, on=ON) & keys.keys_to_store(unborn, secret=SECRET)
