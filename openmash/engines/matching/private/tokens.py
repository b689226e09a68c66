"""The tokens of a described person: short texts, each of two or more independent parts.

The holder keeps the outputs of all tokens of its people; the asker sends those of one child. Names enter as
the same forgiving forms that the search uses, so that Mohammed and Muhammad are one; a date of birth on
1 January, which often stands for "not known", counts as a year alone.
"""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from openmash.engines.matching.described import DescribedPerson
from openmash.engines.matching.private.kinds import Kind
from openmash.engines.matching.private.messages import POINTS
from openmash.engines.matching.private.parts import Parts, parts_of

SPECIFICATION = "2026-11"
"""Both sides must make tokens by the same specification; it is part of every token."""

MOST_ASKED = {
    Kind.YEAR_AND_NAMES: 8,
    Kind.WHOLE_NAMES_AND_YEAR: 4,
    Kind.PARENT_NAMES_AND_YEAR: 4,
    Kind.SCHOOL_AND_NAME: 3,
    Kind.TELEPHONE_AND_NAME: 2,
    Kind.DAY_AND_NAMES: 2,
    Kind.POSTCODE_AND_NAME: 5,
    Kind.PARENT_AND_NAME_AND_YEAR: 4,
}
"""Of kinds that can take many tokens, only so many are asked: an age alone stands for four years of birth."""

ASKED_FIRST = (
    Kind.NUMBER_AND_DATE,
    Kind.NUMBER_AND_NAME,
    Kind.DATE_AND_NAME,
    Kind.YEAR_AND_NAMES,
    Kind.WHOLE_NAMES_AND_YEAR,
    Kind.POSTCODE_AND_NAME,
    Kind.POSTCODE_AND_DATE,
    Kind.POSTCODE_AND_YEAR,
    Kind.SCHOOL_AND_NAME,
    Kind.TELEPHONE_AND_NAME,
    Kind.DAY_AND_NAMES,
    Kind.MONTH_AND_BEGINNINGS,
    Kind.DATE_AND_INITIALS,
    Kind.PARENT_NAMES_AND_YEAR,
    Kind.PARENT_AND_NAME_AND_YEAR,
    Kind.PARENT_AND_DATE,
    Kind.PARENT_AND_POSTCODE,
    Kind.DISTRICT_AND_NAMES,
    Kind.YEAR_AND_NAMES_MISSPELT,
)
"""The most telling kinds first: what does not fit into a question is left out."""


_STARTS = {kind: f"{SPECIFICATION}|{int(kind)}|" for kind in Kind}
Tokens = Iterator[tuple[Kind, str]]


def _birthday(born: date) -> str:
    """Day and month in rising order: written either way round they are the same."""
    return f"{min(born.day, born.month)}|{max(born.day, born.month)}"


def _names_with_dates(parts: Parts) -> Tokens:
    for born in parts.dates:
        day = _birthday(born)
        for word in parts.words:
            yield Kind.DATE_AND_NAME, f"{born.year}|{day}|{word}"
        for one, two in parts.pairs:
            yield Kind.DAY_AND_NAMES, f"{day}|{one}|{two}"
            starts = "|".join(sorted((one[:2], two[:2])))
            yield Kind.MONTH_AND_BEGINNINGS, f"{born.year}|{born.month}|{starts}"
            yield Kind.DATE_AND_INITIALS, f"{born.year}|{day}|{min(one[0], two[0])}|{max(one[0], two[0])}"


def _names_with_years(parts: Parts) -> Tokens:
    for one, two in parts.pairs:
        for year in parts.years:
            yield Kind.YEAR_AND_NAMES, f"{year}|{one}|{two}"
    for one, two in parts.whole_pairs:
        for year in parts.years:
            yield Kind.WHOLE_NAMES_AND_YEAR, f"{year}|{one}|{two}"


def _misspelt(parts: Parts) -> Tokens:
    """The first forename and family name, with at most one letter of one of them left out, beside the year.

    Two spellings that differ by one letter, wherever and however, share one of these.
    """
    for one, two in parts.pairs[:1]:
        for whole, other in ((one, two), (two, one)):
            for shorter in _shorter_by_one(whole):
                for year in parts.years:
                    yield Kind.YEAR_AND_NAMES_MISSPELT, f"{year}|{shorter}|{other}"


def _shorter_by_one(word: str) -> Iterator[str]:
    yield word
    if len(word) > 2:
        yield from (word[:place] + word[place + 1 :] for place in range(len(word)))


def _at_postcodes(parts: Parts) -> Tokens:
    for postcode in parts.postcodes:
        for word in parts.words:
            yield Kind.POSTCODE_AND_NAME, f"{postcode}|{word}"
        for born in parts.dates:
            yield Kind.POSTCODE_AND_DATE, f"{postcode}|{born.year}|{_birthday(born)}"
        for year in parts.years:
            yield Kind.POSTCODE_AND_YEAR, f"{postcode}|{year}"


def _of_parents(parts: Parts) -> Tokens:
    for parent in parts.parents:
        for word in parts.words[:2]:
            for year in parts.years:
                yield Kind.PARENT_AND_NAME_AND_YEAR, f"{parent}|{word}|{year}"
        for born in parts.dates:
            yield Kind.PARENT_AND_DATE, f"{parent}|{born.year}|{_birthday(born)}"
        for postcode in parts.postcodes:
            yield Kind.PARENT_AND_POSTCODE, f"{postcode}|{parent}"


def _of_whole_parents(parts: Parts) -> Tokens:
    for one, two in parts.parent_pairs:
        for year in parts.years:
            yield Kind.PARENT_NAMES_AND_YEAR, f"{year}|{one}|{two}"


def _elsewhere(parts: Parts) -> Tokens:
    for word in parts.words:
        for school in parts.schools:
            yield Kind.SCHOOL_AND_NAME, f"{school}|{word}"
        for telephone in parts.telephones:
            yield Kind.TELEPHONE_AND_NAME, f"{telephone}|{word}"
    for one, two in parts.pairs:
        for district in parts.districts:
            yield Kind.DISTRICT_AND_NAMES, f"{district}|{one}|{two}"


def _with_numbers(parts: Parts) -> Tokens:
    for number in parts.numbers:
        for born in parts.dates:
            yield Kind.NUMBER_AND_DATE, f"{number}|{born.year}|{_birthday(born)}"
        for word in parts.words[:2]:
            yield Kind.NUMBER_AND_NAME, f"{number}|{word}"


def _tokens(parts: Parts) -> Iterator[tuple[Kind, bytes]]:
    makers = (
        _with_numbers,
        _names_with_dates,
        _names_with_years,
        _at_postcodes,
        _of_parents,
        _of_whole_parents,
        _elsewhere,
        _misspelt,
    )
    for maker in makers:
        for kind, values in maker(parts):
            yield kind, (_STARTS[kind] + values).encode()


def tokens_to_keep(person: DescribedPerson) -> list[tuple[Kind, bytes]]:
    """Every token of a person of the holder's, each once, with its kind."""
    return list(dict.fromkeys(_tokens(parts_of(person))))


def own_keys(person: DescribedPerson) -> frozenset[str]:
    """What two records of one list share when they are surely of one child, for the holder's own use.

    Both names with the date of birth, or with the year of birth and the postcode. Records that share one are
    answered for as one person: nothing is merged but the answers, which say no more than yes or no.
    """
    parts = parts_of(person)
    dated = (f"{one}|{two}|{born}" for one, two in parts.pairs for born in parts.dates)
    placed = (
        f"{one}|{two}|{year}|{postcode}"
        for one, two in parts.pairs
        for year in parts.years
        for postcode in parts.postcodes
    )
    return frozenset((*dated, *placed))


def tokens_to_ask(person: DescribedPerson, *, on: date) -> list[tuple[Kind, bytes]]:
    """The tokens of the child somebody asks about, the most telling first, at most `POINTS`.

    `on` is the day from which an age is counted when nobody said on which day it was true.
    """
    by_kind: dict[Kind, dict[bytes, None]] = {}
    for kind, token in _tokens(parts_of(person, on=on)):
        by_kind.setdefault(kind, {})[token] = None
    chosen: list[tuple[Kind, bytes]] = []
    for kind in ASKED_FIRST:
        most = MOST_ASKED.get(kind, POINTS)
        chosen += [(kind, token) for token in islice(by_kind.get(kind, {}), most)]
    return chosen[:POINTS]


def why_too_little(person: DescribedPerson, *, on: date) -> str:
    """What is missing before anybody may be asked, in a sentence; empty when there is enough.

    A question on a name alone would be answered for anybody who bears it.
    """
    parts = parts_of(person, on=on)
    if not parts.words:
        return "Give a name. A date or an address alone says too little to ask another agency."
    if not (parts.years or parts.postcodes or parts.numbers):
        return "Give a date of birth, an age, a postcode or an NHS number beside the name."
    if not (parts.pairs or parts.dates or parts.postcodes or parts.numbers):
        return "Give a second name, a full date of birth, a postcode or an NHS number beside the age."
    return ""
