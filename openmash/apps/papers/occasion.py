"""What an occasion for a letter is, which there are, and what each letter may say."""

from collections.abc import Mapping
from dataclasses import dataclass

Values = dict[str, str | list[str]]

EVERYWHERE = frozenset(
    {"child", "addressee", "writer", "worker", "worker_name", "worker_email", "area", "today"}
)
KNOWN: Mapping[str, frozenset[str]] = {
    "assessment_begins": EVERYWHERE | {"began_on", "told", "limit"},
    "conference_invitation": EVERYWHERE | {"meeting", "when", "why", "told", "invited"},
    "outcome": EVERYWHERE
    | {
        "meeting",
        "held_on",
        "decision",
        "reasons",
        "category",
        "actions",
        "child_said",
        "parents_said",
        "review_by",
    },
    "birth": EVERYWHERE | {"born_on", "where", "next"},
    "transfer_out": EVERYWHERE | {"to_area", "given_on", "open_now", "plan", "next", "answer_by"},
    "transfer_in": EVERYWHERE | {"from_area", "notice_on", "held_here", "conference_by", "records"},
    "closure": EVERYWHERE | {"ended_on", "why", "offer", "way_back"},
}
"""Each occasion, and every name that a letter for it may take from the record."""

LABELS = {
    "assessment_begins": "An assessment begins",
    "conference_invitation": "Invitation to a conference",
    "outcome": "What a meeting decided",
    "birth": "The child was born",
    "transfer_out": "The child moves to another area",
    "transfer_in": "The child is held here under the plan of another area",
    "closure": "The work has ended",
}
IN_WORDS = {
    "worker": "who leads the work",
    "worker_name": "who leads the work",
    "worker_email": "how to reach whoever leads the work",
    "addressee": "whom it is for",
}
"""What is said to be lacking, where the name alone would not tell."""


@dataclass(frozen=True)
class Occasion:
    """Something that happened of which letters tell. `key` says which: `meeting:<id>`, `stage:<id>`."""

    kind: str
    key: str
    label: str
    values: Values
    area: str = ""
    """Another area, to which it is written instead of to the agencies here."""
    careful: str = ""
    """What to think of before a parent is written to."""
