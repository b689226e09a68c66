"""What people type in a box meant for one thing: nothing of it is lost, and it is found again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmash.apps.families.queries.described import telephones_in
from openmash.engines.matching.comparing.prepared import telephone_digits

BETWEEN = st.sampled_from([" or ", ", ", " / ", " ", "; ", " and ", "\n", " (mum) ", " – work: "])
numbers = st.from_regex(r"0[17][1-9][0-9]{2} [0-9]{3} [0-9]{3}", fullmatch=True)


@given(st.lists(numbers, min_size=1, max_size=4, unique_by=telephone_digits), BETWEEN)
def test_each_of_several_numbers_is_found_by_itself(typed: list[str], between: str) -> None:
    found = {telephone_digits(each) for each in telephones_in(between.join(typed))}
    assert found >= {telephone_digits(each) for each in typed}


@given(st.from_regex(r"[+0-9() .a-z-]{0,60}", fullmatch=True))
def test_what_is_one_number_at_most_is_kept_as_it_was_typed(typed: str) -> None:
    if sum(mark.isdigit() for mark in typed) < 20 and not {"and", "or"} & set(typed.split()):
        assert telephones_in(typed) == ((typed.strip(),) if typed.strip() else ())


@given(st.text(max_size=300))
def test_anything_at_all_may_be_typed(typed: str) -> None:
    assert all(each in typed for each in telephones_in(typed))


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("+44 7700 900123", ["700900123"]),
        ("(01632) 960 001 ext 4", ["632960001", "329600014"]),
        ("not known", [""]),
        ("", []),
    ],
)
def test_numbers_as_they_are_written(typed: str, digits: list[str]) -> None:
    assert {telephone_digits(each) for each in telephones_in(typed)} <= set(digits)
