"""Numbers and codes that somebody issued, in one form, when they pass the check built into them.

Sources: NHS Data Dictionary, NHS NUMBER (modulus 11); Department for Education, Unique Pupil Numbers:
guide for schools and local authorities (check letter, modulus 23, letters without I, O and S; a temporary
number ends in a letter); Royal Mail, Programmers' Guide (the forms a postcode has).
"""

import re
import unicodedata
from functools import lru_cache
from operator import mul

UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_NHS_WEIGHTS = range(10, 1, -1)
_UPN_WEIGHTS = range(2, 14)
_SEPARATORS = re.compile(r"[\s\-‐-―.·/]+")
_UPN = re.compile(r"[A-Z][0-9]{11}[0-9A-Z]")
NO_FIXED_ABODE = "ZZ99"
"""What the postcode begins with where there is no home, in registers of the health service."""

_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9OIL][A-Z]{2})")
_LETTERS_FOR_DIGITS = str.maketrans("OIL", "011")


@lru_cache(maxsize=100_000)
def nhs_number(text: str) -> str | None:
    """The ten digits of an NHS number, or None when they cannot be one."""
    return None if why_not_nhs_number(text) else _joined(text)


def why_not_nhs_number(text: str) -> str:
    """A sentence saying why this cannot be an NHS number; "" when it can."""
    digits = _joined(text)
    if not digits:
        return "No NHS number was given."
    if not (digits.isascii() and digits.isdigit()):
        return "An NHS number has only digits; this has something else in it."
    if len(digits) != 10:
        return f"An NHS number has 10 digits; this has {len(digits)}."
    if len(set(digits)) == 1:
        return "The same digit ten times stands for “not known”; it is nobody's NHS number."
    remainder = 11 - sum(map(mul, map(int, digits), _NHS_WEIGHTS)) % 11
    if int(digits[9]) != remainder % 11:
        return "One of the digits of this NHS number is wrong: the last digit does not fit the others."
    return ""


@lru_cache(maxsize=100_000)
def upn(text: str) -> str | None:
    """The thirteen characters of a unique pupil number, permanent, temporary or former, or None."""
    return None if why_not_upn(text) else _joined(text)


def why_not_upn(text: str) -> str:
    """A sentence saying why this cannot be a unique pupil number; "" when it can."""
    number = _joined(text)
    if not number:
        return "No unique pupil number was given."
    if len(number) != 13:
        return f"A unique pupil number has 13 characters; this has {len(number)}."
    if not _UPN.fullmatch(number):
        return "A unique pupil number is a letter and 12 digits; a temporary one ends in a letter."
    if number[0] not in UPN_LETTERS or (number[12].isalpha() and number[12] not in UPN_LETTERS):
        return "The letters I, O and S are not used in unique pupil numbers."
    if set(number[1:]) == {"0"}:
        return "Nothing but noughts stands for “not known”; it is nobody's unique pupil number."
    if number[0] != _check_letter(number[1:]):
        return "Something in this unique pupil number is wrong: its first letter does not fit the rest."
    return ""


def _check_letter(rest: str) -> str:
    """The letter for the twelve characters after it. A letter at the end counts as its place among the letters."""
    last = int(rest[-1]) if rest[-1].isdigit() else UPN_LETTERS.index(rest[-1])
    return UPN_LETTERS[sum(map(mul, [*map(int, rest[:-1]), last], _UPN_WEIGHTS)) % 23]


@lru_cache(maxsize=100_000)
def postcode(text: str) -> str | None:
    """A postcode as the post office writes it, "NF1 2AB", or None when it cannot be one.

    The letters O, I and L where only a digit can stand are read as 0 and 1: a common slip of the pen.
    """
    found = _POSTCODE.fullmatch(_joined(text))
    if found is None:
        return None
    outward, inward = found.groups()
    return f"{outward} {inward[0].translate(_LETTERS_FOR_DIGITS)}{inward[1:]}"


def known_postcode(text: str) -> str:
    """A postcode that says where somebody lives; "" for none, and for "no fixed abode"."""
    code = postcode(text) or ""
    return "" if code.startswith(NO_FIXED_ABODE) else code


def _joined(text: str) -> str:
    """Capitals and plain digits without spaces or hyphens, whatever digits of the world they were typed in."""
    if text.isascii():  # nearly always, and for millions of people
        return text.upper().translate(_WITHOUT_SEPARATORS)
    plain = unicodedata.normalize("NFKC", text).upper()
    digits = "".join([str(unicodedata.digit(mark, mark)) for mark in plain])
    return _SEPARATORS.sub("", "".join([mark for mark in digits if unicodedata.category(mark) != "Cf"]))


_WITHOUT_SEPARATORS = {ord(mark): None for mark in " -./\t\n\r\v\f\x1c\x1d\x1e\x1f"}
