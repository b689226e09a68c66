"""What happens to a name or a number on its way through an ear, a hand and a keyboard."""

import random
import re
import string
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from benchmarks.invented_people.origins import Origin

NICKNAMES = Path(__file__).parent / "nicknames.txt"
KEYS_BESIDE = {
    "a": "sqz", "b": "vgn", "c": "xvd", "d": "sfe", "e": "wrd", "f": "dgr", "g": "fht", "h": "gjy", "i": "uok",
    "j": "hku", "k": "jli", "l": "kop", "m": "nj", "n": "bmh", "o": "ipl", "p": "ol", "q": "wa", "r": "etf",
    "s": "adw", "t": "ryg", "u": "yij", "v": "cbf", "w": "qes", "x": "zcs", "y": "tuh", "z": "xas",
}  # fmt: skip
MISHEARD = (
    ("ph", "f"), ("th", "t"), ("sh", "ch"), ("ch", "sh"), ("ck", "k"), ("ee", "i"), ("ea", "ee"), ("ou", "u"),
    ("ie", "y"), ("ey", "ie"), ("oo", "u"), ("kh", "k"), ("gh", "g"), ("dh", "d"), ("zh", "j"), ("ai", "ay"),
    ("aa", "a"), ("ll", "l"), ("ss", "s"), ("nn", "n"), ("tt", "t"), ("mm", "m"), ("rr", "r"), ("c", "k"),
    ("k", "c"), ("s", "z"), ("z", "s"), ("v", "b"), ("b", "p"), ("p", "b"), ("d", "t"), ("t", "d"), ("m", "n"),
    ("n", "m"), ("f", "v"), ("w", "v"), ("j", "g"), ("y", "i"), ("i", "e"), ("e", "a"), ("a", "u"), ("u", "o"),
    ("o", "a"), ("h", ""),
)  # fmt: skip


def mistyped(name: str, luck: random.Random) -> str:
    """One slip of the hand: a letter too few, too many, changed for a neighbour, or two the wrong way round."""
    places = [n for n, letter in enumerate(name) if letter.isalpha()]
    if len(places) < 2:
        return name + luck.choice(string.ascii_lowercase)
    n = luck.choice(places[1:]) if luck.random() < 0.9 else places[0]
    letter = name[n].lower()
    match luck.randrange(4):
        case 0:
            return name[:n] + name[n + 1 :]
        case 1:
            return name[:n] + luck.choice((letter, luck.choice(KEYS_BESIDE.get(letter, "e")))) + name[n:]
        case 2:
            return name[:n] + luck.choice(KEYS_BESIDE.get(letter, "e")) + name[n + 1 :]
    return (name[: n - 1] + name[n : n + 1] + name[n - 1 : n] + name[n + 1 :]) if n else name[1:] + name[:1]


def misheard(name: str, luck: random.Random) -> str:
    """One sound written as another, most often not the first."""
    heard = name.lower()
    ways = [
        (place.start(), sound, other)
        for sound, other in MISHEARD
        for place in re.finditer(re.escape(sound), heard)
        if place.start() > 0 or luck.random() < 0.15
    ]
    if not ways:
        return mistyped(name, luck)
    at, sound, other = luck.choice(ways)
    return (heard[:at] + other + heard[at + len(sound) :]).title()


def spelt_otherwise(name: str, origin: Origin, luck: random.Random) -> str:
    """Another accepted spelling, or, of a name without one, what somebody who heard it would write."""
    others = origin.spellings.get(name.lower())
    return luck.choice(others) if others else misheard(name, luck)


def nickname(name: str, luck: random.Random) -> str:
    """What friends say: a known short form, or the first syllable, with or without an ending."""
    short = _nicknames().get(name.lower())
    if short:
        return luck.choice(short)
    syllable = re.match(r"[^aeiouy]*[aeiouy]+[^aeiouy]?", name.lower())
    start = (syllable.group() if syllable else name[:3]).title()
    return start + luck.choice(("", "y", "i", "a", "u"))


@cache
def _nicknames() -> dict[str, tuple[str, ...]]:
    lines = [line.split() for line in NICKNAMES.read_text().splitlines() if line and line[0] != "#"]
    return {name.lower(): tuple(short) for name, *short in lines}


def wrong_date(born: date, luck: random.Random) -> tuple[date, str]:
    """A date of birth somebody got wrong, and how."""
    way = luck.choices(
        ("day_and_month", "day", "month", "year", "two_years", "first_of_january", "another_day"),
        (25, 22, 12, 20, 5, 8, 8),
    )[0]
    match way:
        case "day_and_month" if born.day <= 12 and born.day != born.month:
            return date(born.year, born.day, born.month), way
        case "month":
            return _on(born.year, born.month % 12 + 1, born.day), way
        case "year":
            return _on(born.year + luck.choice((-1, 1)), born.month, born.day), way
        case "two_years":
            return _on(born.year + luck.choice((-2, 2)), born.month, born.day), way
        case "first_of_january" if (born.month, born.day) != (1, 1):
            return date(born.year, 1, 1), way
        case "another_day":
            return born + timedelta(days=luck.choice((-40, -25, -13, 17, 31, 75))), way
    return _on(born.year, born.month, _other_digit(born.day, luck)), "day"


def _other_digit(day: int, luck: random.Random) -> int:
    tens, ones = divmod(day, 10)
    other = luck.choice([digit for digit in range(10) if digit != ones])
    tried = tens * 10 + other if luck.random() < 0.7 else (tens + 1) % 3 * 10 + ones
    return min(tried, 31) if tried else 10


def _on(year: int, month: int, day: int) -> date:
    for shorter in range(4):
        try:
            return date(year, month, day - shorter)
        except ValueError:
            continue
    raise ValueError(f"There is no day {day} in month {month} of {year}.")


def wrong_postcode(postcode: str, luck: random.Random) -> str:
    """One letter or figure of a postcode got wrong."""
    places = [n for n, sign in enumerate(postcode) if sign.isalnum() and n > 1]
    n = luck.choice(places)
    signs = string.digits if postcode[n].isdigit() else "ABDEFGHJLNPQRSTUWXYZ"
    return postcode[:n] + luck.choice(signs) + postcode[n + 1 :]
