"""How a name is read: which words are forenames, which are family names, and which are no name at all."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from openmash.engines.matching.letters import latin_words

_TABLE = Path(__file__).parent / "data" / "name_words.txt"
_SHORTEST_AFTER_GLUED = 4  # letters: "abdulrahman" is Abdul Rahman, "abdulla" is a name of its own


def _words_of(kind: str) -> frozenset[str]:
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if line.startswith(f"{kind}:") for word in line.split()[1:])


PLACEHOLDERS = _words_of("placeholder")
BESIDE_PLACEHOLDERS = _words_of("beside")
TITLES = _words_of("title")
COMMON_PARTS = _words_of("common")
PARTICLES = _words_of("particle")
GLUED = tuple(sorted(_words_of("glued"), key=len, reverse=True))


@dataclass(frozen=True, slots=True, eq=False)
class ReadName:
    """A name read one way: forenames and family names in small Latin letters.

    given: all forenames in order. main: the one that tells the person apart; "" when there is none.
    family: the parts of the family name (the halves of a double one), then the whole in one piece.
    is_turned_round: forename and family name were taken the other way round than they were given.
    is_from_one_piece: nobody said which is which.
    """

    given: tuple[str, ...]
    main: str
    family: tuple[str, ...]
    is_turned_round: bool = False
    is_from_one_piece: bool = False


@lru_cache(maxsize=300_000)
def read(given: str, family: str) -> tuple[ReadName, ...]:
    """The ways to read a name, the likeliest first; () when there is no name in it.

    A name in one piece, without a comma, is read both ways round. A name in two fields may have been entered
    the wrong way round: its second reading is that.
    """
    if not family.strip():
        before, comma, after = given.partition(",")
        if not comma:
            return _readings_of_one_piece(without_placeholders(given))
        given, family = after, before
    forenames, family_names = without_placeholders(given), without_placeholders(family)
    if not forenames and not family_names:
        return ()
    straight = _reading(forenames, family_names)
    if not forenames or not family_names:
        return (straight,)
    return (straight, _reading(family_names, forenames, is_turned_round=True))


def read_forenames(given: str) -> tuple[tuple[str, ...], str]:
    """The forenames of a name in two fields, and the main one; as the likeliest reading of `read` has them."""
    words = tuple([_unglued(word) for word in without_placeholders(given)])
    return words, _main(words)


def read_family(family: str) -> tuple[str, ...]:
    """The parts of the family name of a name in two fields, as the likeliest reading of `read` has them."""
    return _family_parts(without_placeholders(family))


def _readings_of_one_piece(words: tuple[str, ...]) -> tuple[ReadName, ...]:
    if not words:
        return ()
    if len(words) == 1:
        return (_reading(words, ()),)
    start = _start_of_family(words)
    last_is_family = _reading(words[:start], words[start:], is_from_one_piece=True)
    return (last_is_family, _reading(words[1:], words[:1], is_turned_round=True, is_from_one_piece=True))


def _start_of_family(words: tuple[str, ...]) -> int:
    """Where the family name starts: its last word and the particles just before it."""
    start = len(words) - 1
    while start > 1 and words[start - 1] in PARTICLES:
        start -= 1
    return start


def _reading(
    given: tuple[str, ...],
    family: tuple[str, ...],
    *,
    is_turned_round: bool = False,
    is_from_one_piece: bool = False,
) -> ReadName:
    forenames = tuple([_unglued(word) for word in given])
    return ReadName(forenames, _main(forenames), _family_parts(family), is_turned_round, is_from_one_piece)


def _main(forenames: tuple[str, ...]) -> str:
    """The forename that tells most: not one that very many share, nor an initial, where there is another."""
    telling = [word for word in forenames if word not in COMMON_PARTS and len(word) > 1]
    return telling[0] if telling else (forenames[0] if forenames else "")


def _unglued(word: str) -> str:
    """What follows "abdul" in one word, as it is when written apart."""
    for start in GLUED:
        if word.startswith(start) and len(word) >= len(start) + _SHORTEST_AFTER_GLUED:
            return word[len(start) :]
    return word


def _family_parts(words: tuple[str, ...]) -> tuple[str, ...]:
    if len(words) <= 1:
        return words
    telling = [word for word in words if word not in PARTICLES and len(word) > 1 and word not in COMMON_PARTS]
    return tuple(dict.fromkeys([*telling, "".join(words)]))


def without_placeholders(text: str) -> tuple[str, ...]:
    """The words of a name without titles and without what stands for "not known".

    "Baby of Ayesha Khan" gives only "khan": the forename is somebody else's.
    """
    words = list(latin_words(text))
    if len(words) > 1 and words[0] in TITLES:
        words.pop(0)
    has_placeholder = not PLACEHOLDERS.isdisjoint(words)
    if not has_placeholder and not (len(words) > 1 and BESIDE_PLACEHOLDERS.issuperset(words)):
        return tuple(words)
    if has_placeholder and "of" in words:
        after = words[words.index("of") + 1 :]
        return tuple(after[-1:]) if len(after) > 1 else ()
    return tuple([word for word in words if word not in PLACEHOLDERS and word not in BESIDE_PLACEHOLDERS])
