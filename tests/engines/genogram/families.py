"""Families for the tests: some made by hand, and a source of impossible ones."""

from datetime import date

from hypothesis import strategies as st

from openmash.engines.genogram import Household, Kind, Person, Relationship, Said, Sex

JO = Said("Jo Field, Health visitor", "3 May 2026")
SAM = Said("Sam Lee, Teacher", "1 June 2026")


def girl(key: str, **known: object) -> Person:
    return Person(key, known.pop("name", key.title()), Sex.FEMALE, **known)  # type: ignore[arg-type]


def boy(key: str, **known: object) -> Person:
    return Person(key, known.pop("name", key.title()), Sex.MALE, **known)  # type: ignore[arg-type]


def is_(one: str, kind: Kind, other: str, *said: Said, **known: object) -> Relationship:
    return Relationship(one, kind, other, said or (JO,), **known)  # type: ignore[arg-type]


def parents(child: str, *keys: str) -> list[Relationship]:
    return [is_(key, Kind.PARENT, child) for key in keys]


names = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=40)
sayings = st.lists(
    st.builds(Said, st.sampled_from(["Jo", "Sam"]), st.just("1 May 2026"), st.just(""), st.booleans()),
    max_size=2,
).map(tuple)


@st.composite
def whole_families(
    draw: st.DrawFn, most: int = 40
) -> tuple[list[Person], list[Relationship], list[Household]]:
    """Anything anybody could have said of up to `most` people, most of it impossible."""
    number = draw(st.integers(1, most))
    keys = [f"k{place}" for place in range(number)]
    people = [
        Person(
            key,
            draw(names),
            draw(st.sampled_from(Sex)),
            draw(st.sampled_from(["", "8 years", "about 30 years"])),
            born_on=draw(st.none() | st.dates(date(1930, 1, 1), date(2026, 1, 1))),
            is_unborn=draw(st.booleans()),
            is_concerned=draw(st.booleans()),
            died=draw(st.sampled_from(["", "2019"])),
        )
        for key in keys
    ]
    pairs = st.tuples(st.integers(0, number - 1), st.integers(1, max(1, number - 1))).map(
        lambda two: (keys[two[0]], keys[(two[0] + two[1]) % number])
    )
    relationship = st.builds(
        lambda pair, kind, said, until, denied: Relationship(
            pair[0], kind, pair[1], said, until=until, ended=bool(until), denied=denied
        ),
        pairs,
        st.sampled_from([*Kind, Kind.PARENT, Kind.PARENT, Kind.PARTNER]),
        sayings,
        st.sampled_from(["", "", "2020"]),
        st.sampled_from([False, False, False, True]),
    )
    relationships = draw(st.lists(relationship, max_size=3 * number)) if number > 1 else []
    households = draw(st.lists(st.sets(st.sampled_from(keys)).map(frozenset), max_size=2))
    return people, relationships, [Household(f"Home {n}", each) for n, each in enumerate(households)]
