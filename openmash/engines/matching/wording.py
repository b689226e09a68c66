"""Each level of each field in plain words."""

from datetime import date
from functools import lru_cache

from openmash.engines.matching.comparing import Compared

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)

_SENTENCES = {
    ("forename", "exact"): "The same forename: {one}",
    ("forename", "spelling"): "The same forename in another spelling: {one}, {other}",
    ("forename", "nickname"): "One forename is a form of the other: {one}, {other}",
    ("forename", "close"): "Nearly the same forename: {one}, {other}",
    ("forename", "middle"): "The forename of one is among the forenames of the other: {one}, {other}",
    ("forename", "common_part"): "Only a forename that very many share: {one}, {other}",
    ("forename", "initial"): "The initial of the forename fits: {one}, {other}",
    ("forename", "lookalike"): "Two forenames that look alike, but are different names: {one}, {other}",
    ("forename", "similar"): "Similar but different forenames: {one}, {other}",
    ("forename", "different"): "Different forename: {one}, {other}",
    ("family_name", "exact"): "The same family name: {one}",
    ("family_name", "spelling"): "The same family name in another spelling: {one}, {other}",
    ("family_name", "part"): "The family names share a part: {one}, {other}",
    ("family_name", "close"): "Nearly the same family name: {one}, {other}",
    ("family_name", "initial"): "The initial of the family name fits: {one}, {other}",
    ("family_name", "similar"): "Similar but different family names: {one}, {other}",
    ("family_name", "different"): "Different family name: {one}, {other}",
    ("names_together", "both"): "These two names often go together",
    ("name_order", "turned_round"): "Forename and family name are the other way round",
    ("born", "exact"): "The same date of birth: {one}",
    ("born", "january"): "The same year of birth; 1 January often means that only the year is known",
    ("born", "swapped"): "Day and month are swapped: {one}, {other}",
    ("born", "one_digit"): "One digit of the date of birth differs: {one}, {other}",
    ("born", "year_off"): "The year of birth is one apart: {one}, {other}",
    ("born", "day_and_month"): "The same day and month, another year: {one}, {other}",
    ("born", "two_parts"): "The same year and the same day or month: {one}, {other}",
    ("born", "year_only"): "The same year of birth: {one}, {other}",
    ("born", "within_nine_months"): "Dates of birth less than nine months apart: {one}, {other}",
    ("born", "different"): "Different date of birth: {one}, {other}",
    ("age", "fits"): "The age fits",
    ("age", "near"): "The age is about a year off",
    ("age", "off"): "The age is two or three years off",
    ("age", "far"): "The age does not fit",
    ("expected", "fits"): "Born, or expected, about the time expected",
    ("expected", "near"): "Some weeks from the time expected",
    ("expected", "far"): "Born at another time than expected",
    ("sex", "same"): "The same sex",
    ("sex", "different"): "Different sex",
    ("address", "house"): "The same house",
    ("address", "postcode"): "The same postcode",
    ("address", "one_off"): "One character of the postcode differs",
    ("address", "sector"): "Postcodes close to each other",
    ("address", "street"): "The same house number and street, where a postcode is not known",
    ("address", "district"): "The same postcode district",
    ("address", "different"): "Different address",
    ("parents", "exact"): "A parent or carer of the same name: {one}",
    ("parents", "spelling"): "A parent or carer of the same name in another spelling: {one}, {other}",
    ("parents", "nickname"): "A parent's name is a form of the other: {one}, {other}",
    ("parents", "close"): "A parent of nearly the same name: {one}, {other}",
    ("parents", "middle"): "A parent's name is among the forenames of the other: {one}, {other}",
    ("parents", "common_part"): "Of the parents' names only one that very many share agrees: {one}, {other}",
    ("parents", "initial"): "The initial of a parent's name fits: {one}, {other}",
    ("parents", "lookalike"): "Parents' forenames that look alike, but are different: {one}, {other}",
    ("parents", "similar"): "Similar but different names of parents: {one}, {other}",
    ("parents", "different"): "Parents or carers of different names: {one}, {other}",
    ("named_as_sibling", "yes"): "One is named as a brother or sister of the other",
    ("named_as_sibling", "no"): "Neither is named as a brother or sister of the other",
    ("siblings", "shared"): "A brother or sister of the same name: {one}",
    ("siblings", "none_shared"): "Brothers and sisters of different names",
    ("school", "same"): "The same school",
    ("school", "different"): "Different schools",
    ("school_nearby", "same"): "The same school; others nearby go there too",
    ("school_nearby", "different"): "Different schools",
    ("telephone", "same"): "The same telephone number",
    ("telephone", "different"): "Different telephone numbers",
    ("nhs_number", "same"): "The same NHS number",
    ("nhs_number", "different"): "Different NHS numbers",
    ("upn", "same"): "The same unique pupil number",
    ("upn", "different"): "Different unique pupil numbers",
    ("local_number", "same"): "The same number from the same agency",
    ("local_number", "different"): "Different numbers from the same agency",
}


@lru_cache(maxsize=50_000)
def sentence(compared: Compared) -> str:
    """One level in words, such as "Different forename: Ayaan, Aisha"."""
    field, level, _, one, other = compared
    words = _SENTENCES[field, level]
    if field == "address":
        return f"{words}, at an earlier address" if one and level != "different" else words
    return words.format(one=_shown(one), other=_shown(other)) if "{" in words else words


def _shown(what: object) -> str:
    if isinstance(what, date):
        return f"{what.day} {_MONTHS[what.month - 1]} {what.year}"
    return " ".join(map(str, what)).title() if isinstance(what, tuple) else ""
