"""Text in any script as plain Latin letters, and names as the consonants that survive respelling.

`skeleton` is made for names that reach England through other scripts and other spellings: Muhammad, Mohammed
and Mohamed have one skeleton, and so have Yusuf and Youssef, Chowdhury and Choudhry, Wójcik and Woycik.
It is coarse on purpose: it finds candidates. How alike two names really are is judged by `names`.
"""

import re
import unicodedata
from functools import lru_cache

from anyascii import anyascii

_LONGEST = 120  # characters of a name: what is beyond is an accident of pasting
_HAN_NAME = re.compile(r"[㐀-鿿豈-﫿]{2,4}")
_APOSTROPHES = re.compile(r"['`’‘ʼʻ´]")
_ALEF = re.compile(r"(?<![a-z])['`](?=[bcdfghjklmnpqrstvwxz])")
_NOT_A_LETTER = re.compile(r"[^a-z]+")

# Sounds that one alphabet writes with two letters and another with one, or that are confused; in this order.
# "C" stands for the sound of "church" until the hard c has become k.
_SOUNDS = (
    (re.compile(r"sch|sh|sz|zh"), "s"),
    (re.compile(r"^ch(?=r)|ck"), "k"),
    (re.compile(r"tch|cz|ch"), "C"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"(?<=[aeiou])gh(?=t|$)"), ""),
    (re.compile(r"[kg]h|q"), "k"),
    (re.compile(r"th"), "t"),
    (re.compile(r"dh"), "d"),
    (re.compile(r"bh"), "b"),
    (re.compile(r"c(?=[eiy])"), "s"),
    (re.compile(r"g(?=[eiy])"), "j"),
    (re.compile(r"^x|z"), "s"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"c"), "k"),
    (re.compile(r"(?<=[aeiouy])w(?![aeiouy])"), ""),
    (re.compile(r"(?<=[bcdfgjklmnpqrstvwxz])h$"), "a"),
    (re.compile(r"w"), "v"),
    (re.compile(r"C"), "c"),
    (re.compile(r"(?<=.)j(?=[bcdfghklmnpqrstvwxz]|$)"), "y"),
    (re.compile(r"(.)\1+"), r"\1"),
)
_VOWELS = re.compile(r"[aeiouy]+")
_LONG_I = re.compile(r"ee|ea|ie|ey|ei|y")


@lru_cache(maxsize=200_000)
def latin_words(text: str) -> tuple[str, ...]:
    """The words of a name, in small Latin letters without marks; hyphens part words, apostrophes do not.

    A Chinese name of two to four characters gives two words, the family's first.
    """
    shortened = unicodedata.normalize("NFKC", text[:_LONGEST])
    if _HAN_NAME.fullmatch(shortened.strip()):
        shortened = f"{shortened.strip()[0]} {shortened.strip()[1:]}"
    latin = anyascii(shortened.casefold()).lower()
    latin = _APOSTROPHES.sub("", _ALEF.sub("a", latin))
    return tuple(word for word in _NOT_A_LETTER.split(latin) if word)


@lru_cache(maxsize=300_000)
def sounds(word: str) -> str:
    """One Latin word with each sound written one way; vowels stay as they are, h only where a word begins."""
    heard = word
    for pattern, letter in _SOUNDS:
        heard = pattern.sub(letter, heard)
    return heard[:1] + heard[1:].replace("h", "")


@lru_cache(maxsize=300_000)
def skeleton(word: str) -> str:
    """The consonants of one Latin word, those that are spelled one way or another made one.

    A vowel at the front is kept as "a". Of a word with hardly any consonant the vowels are kept too.
    """
    heard = sounds(word)
    if not heard:
        return ""
    front = "a" if heard[0] in "aeiou" else heard[0]
    consonants = front + _VOWELS.sub("", heard[1:])
    return consonants if len(consonants) > 1 else front + _LONG_I.sub("i", heard[1:])


@lru_cache(maxsize=500_000)
def vowels_agree(one: str, other: str) -> bool:
    """Whether two words of one skeleton may be one another's respelling, by the vowels between the consonants.

    a and e, e and i, o and u stand for one another; a vowel may be left out (Arabic script leaves most of them
    out), but not the last of all, which tells Amin from Amina. Hassan and Hussain do not agree.
    """
    ones, others = _vowel_groups(one), _vowel_groups(other)
    if len(ones) != len(others):
        return False
    if not any(ones) or not any(others):
        return True
    if bool(ones[-1]) != bool(others[-1]):
        return False
    return all(not first or not second or first & second for first, second in zip(ones, others, strict=True))


_CLASSES = {"a": frozenset("a"), "e": frozenset("ai"), "i": frozenset("i"), "y": frozenset("i")}
_ROUNDED = frozenset("u")
_CONSONANT = re.compile(r"[^aeiouy]")


def _vowel_groups(word: str) -> list[frozenset[str]]:
    heard = sounds(word)
    front = heard[:1] if heard[:1] in "aeiou" else ""
    groups = _CONSONANT.split(front + heard[1:])
    return [frozenset().union(*(_CLASSES.get(mark, _ROUNDED) for mark in group)) for group in groups]
