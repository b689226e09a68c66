"""The columns of a file of concerns, one row for each child and concern. `openmash review columns` prints this list."""

from dataclasses import dataclass
from enum import Enum

from openmash.engines.review.local.history import EventKind


class Kind(Enum):
    """What stands in a column, and how it is written."""

    TEXT = "text"
    DAY = "a day, 2026-03-31 or 31/03/2026"
    MOMENT = "a day, or a day and time as 2026-03-31 14:05"
    NUMBER = "a whole number"
    YES_NO = "yes or no (true, false, 1 and 0 too); empty for not known"
    LIST = "ids with a semicolon between; “none” for none, empty for not known"
    AGENCY_KIND = "a kind of agency, as `openmash review columns` lists them"
    SEX = "female or male"


@dataclass(frozen=True)
class Heading:
    """A column of the file. Only those that `must` be there have to."""

    name: str
    kind: Kind
    holds: str
    must: bool = False


HEADINGS = (
    Heading("contact", Kind.TEXT, "the concern’s number, whatever it is; never shown", must=True),
    Heading("received_on", Kind.MOMENT, "when it reached the front door", must=True),
    Heading("child", Kind.TEXT, "the child’s number; empty when nobody knows who the child is"),
    Heading("household", Kind.TEXT, "the household’s number"),
    Heading("decided_on", Kind.MOMENT, "when it was decided"),
    Heading("answered_on", Kind.MOMENT, "when whoever raised it was answered"),
    Heading("seen_on", Kind.DAY, "when the child was first seen after it"),
    Heading("team", Kind.TEXT, "the front door or team that decided"),
    Heading("agency", Kind.TEXT, "the agency that raised it, by name"),
    Heading("agency_kind", Kind.AGENCY_KIND, "what kind of agency or person raised it"),
    Heading("policy_level", Kind.TEXT, "the level the published threshold gave"),
    Heading("policy_rank", Kind.NUMBER, "its rank, 1 the lowest; not needed for levels 1 to 4 and I"),
    Heading("decided_level", Kind.TEXT, "the level a person decided"),
    Heading("decided_rank", Kind.NUMBER, "its rank"),
    Heading("override_reason", Kind.TEXT, "the kind of reason for another level than the threshold’s"),
    Heading(
        "lacked_capacity", Kind.YES_NO, "whether something could not be offered for want of staff or places"
    ),
    Heading("first_answer", Kind.TEXT, "the response first decided on"),
    Heading("closed_at_door", Kind.YES_NO, "whether that ended the matter: no further action"),
    Heading("signs", Kind.LIST, "the signs that counted"),
    Heading("born_on", Kind.DAY, "the child’s date of birth"),
    Heading("sex", Kind.SEX, "the child’s sex"),
    Heading("ethnicity", Kind.TEXT, "the child’s ethnic group"),
    Heading("disabled", Kind.YES_NO, "whether a disability is recorded"),
    Heading("deprivation", Kind.NUMBER, "the fifth of small areas the home is in, 1 the most deprived to 5"),
    Heading("need", Kind.TEXT, "the main need, such as N1 of the census"),
    Heading("assessed_on", Kind.DAY, "when the first assessment after it began"),
    Heading("enquiry_on", Kind.DAY, "when the first section 47 enquiry after it began"),
    Heading(
        "conference_on", Kind.DAY, "when the first initial child protection conference after it was held"
    ),
    Heading("plan_on", Kind.DAY, "when the first child protection plan after it began"),
    Heading("care_on", Kind.DAY, "when the child came into care after it"),
    Heading("opened_on", Kind.DAY, "when the work was opened by another route than a concern"),
    Heading("moved_on", Kind.DAY, "when the child moved to another area"),
    Heading("died_on", Kind.DAY, "when the child died"),
)
BY_NAME = {each.name: each for each in HEADINGS}
EVENT_OF = {
    "assessed_on": EventKind.ASSESSED,
    "enquiry_on": EventKind.ENQUIRY,
    "conference_on": EventKind.CONFERENCE,
    "plan_on": EventKind.PLAN,
    "care_on": EventKind.CARE,
    "opened_on": EventKind.OPENED,
    "moved_on": EventKind.MOVED,
    "died_on": EventKind.DIED,
}
RANKS = {"1": 1, "2": 2, "3": 3, "4": 4, "I": 5}
"""Levels whose rank need not be written, as in the draft policy; I is “immediate”."""
