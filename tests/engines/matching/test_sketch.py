"""What stands beside a key: roughly who is found by it, and nothing that can be read without the secret."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmash.engines.matching.described import Address, Born, DescribedPerson, PersonName, Sex
from openmash.engines.matching.keys import sketch_of, sought
from openmash.engines.matching.keys.sketch import DAY, DISTRICT, MONTH, PAIRS, PARENT, SEX, YEAR

SECRET = b"a secret of thirty-two bytes here"
ON = date(2026, 11, 25)
AMINA = DescribedPerson(
    names=(PersonName("Amina", "Warsame"),),
    born=Born(date(2015, 3, 11)),
    sex=Sex.FEMALE,
    addresses=(Address("4 Quay Side", "NF1 2AB"),),
    parents=(PersonName("Hodan", "Warsame"),),
)
PLACES = {"sex": SEX, "year": YEAR, "day": DAY, "month": MONTH, "district": DISTRICT, "parent": PARENT}


def part(sketch: int, name: str) -> int:
    first, bits = PLACES[name]
    return sketch >> first & ((1 << bits) - 1)


def test_the_parts_lie_side_by_side_in_sixty_four_bits() -> None:
    ends = PAIRS
    for first, bits in (SEX, YEAR, DAY, MONTH, DISTRICT, PARENT):
        assert first == ends
        ends += bits
    assert ends == 64


def test_nobody_known_is_nought_in_every_part() -> None:
    assert sketch_of(DescribedPerson(), secret=SECRET) == 0
    nothing = sought(DescribedPerson(), secret=SECRET, on=ON)
    assert not any(nothing)


def test_whoever_is_described_the_same_agrees_in_every_part() -> None:
    sketch, asked = sketch_of(AMINA, secret=SECRET), sought(AMINA, secret=SECRET, on=ON)
    assert sketch & ((1 << PAIRS) - 1) == asked.pairs != 0
    assert part(sketch, "sex") == asked.sex
    assert [part(sketch, "year")] == asked.same_years
    assert (part(sketch, "day"), part(sketch, "month")) == (asked.day, asked.month)
    assert part(sketch, "district") in asked.districts
    assert part(sketch, "parent") in asked.parents
    assert 0 not in [part(sketch, name) for name in PLACES]


@pytest.mark.parametrize(
    ("other", "apart"),
    [
        (replace(AMINA, sex=Sex.MALE), "sex"),
        (replace(AMINA, born=Born(date(2014, 3, 11))), "year"),
        (replace(AMINA, born=Born(date(2015, 3, 12))), "day"),
        (replace(AMINA, born=Born(date(2015, 4, 11))), "month"),
        (replace(AMINA, addresses=(Address("", "NF9 2AB"),)), "district"),
        (replace(AMINA, parents=(PersonName("Grace", "Warsame"),)), "parent"),
    ],
)
def test_only_what_differs_differs(other: DescribedPerson, apart: str) -> None:
    one, two = sketch_of(AMINA, secret=SECRET), sketch_of(other, secret=SECRET)
    assert [name for name in PLACES if part(one, name) != part(two, name)] == [apart]


def test_day_and_month_swapped_are_looked_for_too() -> None:
    swapped = sketch_of(replace(AMINA, born=Born(date(2015, 11, 3))), secret=SECRET)
    asked = sought(AMINA, secret=SECRET, on=ON)
    assert (part(swapped, "day"), part(swapped, "month")) == (asked.swapped_day, asked.swapped_month)


def test_an_age_means_years_and_no_day() -> None:
    asked = sought(replace(AMINA, born=Born(age_years=11, age_said_on=ON)), secret=SECRET, on=ON)
    assert not asked.same_years and part(sketch_of(AMINA, secret=SECRET), "year") in asked.near_years
    assert (asked.day, asked.month) == (0, 0)


def test_a_spelling_keeps_most_pairs_of_letters() -> None:
    kept = sketch_of(AMINA, secret=SECRET) & ((1 << PAIRS) - 1)
    spelled = sought(replace(AMINA, names=(PersonName("Ameena", "Warsami"),)), secret=SECRET, on=ON).pairs
    stranger = sought(replace(AMINA, names=(PersonName("Oliver", "Pickup"),)), secret=SECRET, on=ON).pairs
    assert (kept & spelled).bit_count() > 2 * (kept & stranger).bit_count()


@pytest.mark.parametrize("name", ["year", "day", "month", "district", "parent"])
def test_without_the_secret_no_part_can_be_read(name: str) -> None:
    """Over many secrets a part takes many values, so that of one sketch nothing is known but how it compares."""
    seen = {part(sketch_of(AMINA, secret=bytes([number]) * 32), name) for number in range(60)}
    assert len(seen) >= 8


DAYS = st.integers(0, 40_000).map(lambda days: date(1925, 1, 2) + timedelta(days))
TEXTS: st.SearchStrategy[str] = st.text(max_size=40)


@given(TEXTS, TEXTS, DAYS | st.none(), TEXTS, st.sampled_from(Sex))
def test_whatever_is_said_fits_a_bigint_and_is_the_same_every_time(
    given_name: str, family: str, born: date | None, postcode: str, sex: Sex
) -> None:
    person = DescribedPerson(
        (PersonName(given_name, family),), Born(born), sex, addresses=(Address("", postcode),)
    )
    sketch = sketch_of(person, secret=SECRET)
    assert -(2**63) <= sketch < 2**63 and sketch == sketch_of(person, secret=SECRET)
    assert all(
        0 <= number < 2**32 for number in sought(person, secret=SECRET, on=ON) if isinstance(number, int)
    )
