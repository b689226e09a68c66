"""The headings a register may have. Case, spaces and punctuation do not matter.

A heading that is not known is never guessed at: it is listed as not used.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from openmash.engines.matching.batch.reading.faults import CannotRead

KNOWN: Mapping[str, tuple[str, ...]] = {
    "given": (
        "Forename", "Forenames", "Forename(s)", "First name", "First names", "Given name", "Given names",
        "Legal forename", "Legal first name", "Pupil forename", "Child forename", "Child first name",
        "Patient forename", "Subject forename", "Person given name",
    ),
    "middle": ("Middle name", "Middle names", "Middle name(s)", "Second name", "Second forename"),
    "family": (
        "Surname", "Last name", "Family name", "Legal surname", "Legal last name", "Pupil surname",
        "Child surname", "Child last name", "Patient surname", "Subject surname", "Person family name",
    ),
    "full_name": (
        "Name", "Full name", "Name in full", "Pupil name", "Pupil", "Child name", "Child’s name", "Child",
        "Patient name", "Patient", "Subject name", "Person name",
    ),
    "other_given": (
        "Preferred forename", "Preferred first name", "Preferred given name", "Chosen name", "Chosen forename",
        "Known as", "Nickname",
    ),
    "other_family": (
        "Preferred surname", "Preferred last name", "Former surname", "Previous surname", "Former family name",
        "Maiden name", "Name at birth", "Birth surname", "Alias surname",
    ),
    "other_name": (
        "Alias", "Aliases", "Other name", "Other names", "Also known as", "AKA", "Former name", "Previous name",
    ),
    "born": (
        "Date of birth", "DOB", "D.O.B.", "Birth date", "Birthdate", "Born", "Born on", "Person birth date",
        "Pupil date of birth", "Child DOB", "Child date of birth", "Patient DOB", "Patient date of birth",
    ),
    "age": ("Age", "Age in years", "Approximate age", "Age (years)"),
    "expected": ("Expected date of delivery", "EDD", "Due date", "Expected on"),
    "sex": ("Sex", "Gender", "Legal sex", "Sex/Gender", "Person gender", "Sex at birth"),
    "address": (
        "Address", "Home address", "Full address", "Current address", "Address line 1", "Address 1",
        "Address1", "Addr1", "House", "House name or number", "House number", "Street", "Address line 2",
        "Address 2", "Addr2", "Address line 3", "Address 3", "Addr3", "Address line 4", "Address 4", "Addr4",
        "Address line 5", "Address 5", "Addr5", "Town", "City", "Village", "Locality", "District", "County",
    ),
    "postcode": ("Postcode", "Post code", "Postal code", "Home postcode", "Current postcode"),
    "old_address": ("Previous address", "Former address", "Old address"),
    "old_postcode": ("Previous postcode", "Former postcode", "Old postcode"),
    "nhs_number": ("NHS number", "NHS no", "NHS no.", "NHS", "NHS num", "NHS ID"),
    "upn": ("UPN", "Unique pupil number", "Current UPN"),
    "former_upn": ("Former UPN", "Previous UPN", "Old UPN"),
    "local_id": (
        "Local id", "Local identifier", "ID", "Reference", "Ref", "Reference number", "Pupil ID",
        "Pupil reference", "Admission number", "Admission no", "Patient ID", "Hospital number", "MRN",
        "Person ID", "PNC ID", "Nominal number", "Case number", "Case ID", "Child ID", "Record id",
    ),
    "school": ("School", "School name", "Setting", "Nursery", "Current school", "Name of school"),
    "telephone": (
        "Telephone", "Telephone number", "Phone", "Phone number", "Mobile", "Mobile number", "Home telephone",
        "Contact number",
    ),
    "parent": (
        "Parent", "Parents", "Parent name", "Parent 1", "Parent 2", "Parent/Carer", "Parent/Carer 1",
        "Parent/Carer 2", "Carer", "Carer 1", "Carer 2", "Mother", "Mother’s name", "Mother name", "Father",
        "Father’s name", "Father name", "Guardian", "Parent 1 name", "Parent 2 name", "Contact 1", "Contact 2",
    ),
    "parent_1_given": (
        "Parent 1 forename", "Parent 1 first name", "Parent/Carer 1 forename", "Parent/Carer 1 first name",
        "Mother forename", "Mother’s forename", "Mother first name", "Parent forename", "Parent first name",
    ),
    "parent_1_family": (
        "Parent 1 surname", "Parent 1 last name", "Parent/Carer 1 surname", "Parent/Carer 1 last name",
        "Mother surname", "Mother’s surname", "Mother last name", "Parent surname", "Parent last name",
    ),
    "parent_2_given": (
        "Parent 2 forename", "Parent 2 first name", "Parent/Carer 2 forename", "Parent/Carer 2 first name",
        "Father forename", "Father’s forename", "Father first name",
    ),
    "parent_2_family": (
        "Parent 2 surname", "Parent 2 last name", "Parent/Carer 2 surname", "Parent/Carer 2 last name",
        "Father surname", "Father’s surname", "Father last name",
    ),
    "sibling": (
        "Sibling", "Siblings", "Sibling 1", "Sibling 2", "Sibling 3", "Sibling 4", "Brother or sister",
        "Brothers and sisters",
    ),
}  # fmt: skip
"""Every field, and the headings under which it is found. `docs/matching-registers.md` lists them for people."""

SEVERAL = frozenset(
    {"address", "other_name", "parent", "sibling", "telephone", "local_id", "other_family", "other_given"}
)
"""Fields that several columns may hold, each adding to it. Of any other, one column is enough."""

NAMES = frozenset({"given", "family", "full_name"})
MOST_COLUMNS = 1_000
_SHOWN = 12


def plain(heading: object) -> str:
    """A heading without case, accents, spaces and punctuation: "D.O.B." is "dob"."""
    letters = unicodedata.normalize("NFKD", str(heading or "")).casefold()
    return re.sub(r"[\W_]+", "", letters)


_FIELDS = {plain(heading): name for name, headings in KNOWN.items() for heading in headings}


@dataclass(frozen=True)
class Columns:
    """Which columns of a register hold what.

    places: for each field, the columns that hold it, in order.
    headings: the headings as written.
    notes: sentences about headings that are not used, or stand there twice.
    """

    places: Mapping[str, tuple[int, ...]]
    headings: tuple[str, ...]
    notes: tuple[str, ...]


def how_many_known(cells: Iterable[object]) -> int:
    """How many cells of a row are headings that are known."""
    return sum(plain(cell) in _FIELDS for cell in cells)


def is_heading_row(cells: Sequence[object]) -> bool:
    """Whether a row looks like headings: two that are known, or one if there is no more than one column."""
    filled = sum(bool(plain(cell)) for cell in cells)
    return how_many_known(cells) >= min(2, filled) > 0


def columns_of(cells: Sequence[object]) -> Columns:
    """What each column holds, from the row of headings.

    Raises:
        CannotRead: too many columns, or none that holds a name.
    """
    if len(cells) > MOST_COLUMNS:
        raise CannotRead(
            f"The register has {len(cells):,} columns; at most {MOST_COLUMNS:,} are read. "
            "Check that it is the right file."
        )
    headings = tuple(re.sub(r"\s+", " ", str(cell if cell is not None else "")).strip() for cell in cells)
    places: dict[str, list[int]] = {}
    unknown = []
    for place, heading in enumerate(headings):
        if field := _FIELDS.get(plain(heading)):
            places.setdefault(field, []).append(place)
        elif heading:
            unknown.append(heading)
    if not NAMES & places.keys():
        raise CannotRead(without_names(headings))
    notes = [*_said_twice(headings, places), *_not_used(unknown)]
    return Columns({field: tuple(found) for field, found in places.items()}, headings, tuple(notes))


def without_names(headings: Sequence[str]) -> str:
    """What to say of a register in which no column is known to hold a name."""
    seen = ", ".join(f"“{each[:40]}”" for each in headings if each)[:400] or "nothing"
    return (
        f"No column is known to hold a name. The first row says: {seen}. "
        "Name the columns in the first row, for example Forename, Surname, Date of birth, Postcode, NHS number."
    )


def _said_twice(headings: Sequence[str], places: Mapping[str, list[int]]) -> list[str]:
    notes = []
    for field, found in places.items():
        if len(found) > 1 and (field not in SEVERAL or len({plain(headings[each]) for each in found}) == 1):
            named = " and ".join(f"“{headings[each]}” (column {each + 1})" for each in found)
            notes.append(
                f"{named} hold the same thing. The first that is filled in is used; "
                "a row in which they differ is listed."
                if field not in SEVERAL
                else f"{named} have the same heading. All of them are used."
            )
    return notes


def _not_used(unknown: Sequence[str]) -> list[str]:
    if not unknown:
        return []
    shown = ", ".join(f"“{each[:40]}”" for each in unknown[:_SHOWN])
    more = f" and {len(unknown) - _SHOWN:,} more" if len(unknown) > _SHOWN else ""
    return [f"Not used, because the heading is not one of those known: {shown}{more}."]
