from openmash.apps.concerns.models.answer import Acknowledgement, Answer
from openmash.apps.concerns.models.asked import AskedElsewhere, AskedElsewhereAnswered
from openmash.apps.concerns.models.contact import Contact, SourceKind
from openmash.apps.concerns.models.decision import ChildConsidered, Decision, SecondWord
from openmash.apps.concerns.models.disagreement import Disagreement, Reply
from openmash.apps.concerns.models.draft import Draft
from openmash.apps.concerns.models.evidence import (
    FactRecorded,
    FindingRecorded,
    Information,
    SignRecorded,
    SignWithdrawn,
)
from openmash.apps.concerns.models.followup import FollowUp, FollowUpDone
from openmash.apps.concerns.models.part import Part, Role

__all__ = [
    "Acknowledgement",
    "Answer",
    "AskedElsewhere",
    "AskedElsewhereAnswered",
    "ChildConsidered",
    "Contact",
    "Decision",
    "Disagreement",
    "Draft",
    "FactRecorded",
    "FindingRecorded",
    "FollowUp",
    "FollowUpDone",
    "Information",
    "Part",
    "Reply",
    "Role",
    "SecondWord",
    "SignRecorded",
    "SignWithdrawn",
    "SourceKind",
]
