from openmash.apps.casework.models.case import (
    Allocation,
    CameFrom,
    Case,
    ChildSeen,
    Closure,
    StageEnded,
    StageOpen,
    Told,
    View,
)
from openmash.apps.casework.models.clock import Clock, Notice
from openmash.apps.casework.models.escalation import Escalation, EscalationAnswer
from openmash.apps.casework.models.information import InformationDecided, NewInformation
from openmash.apps.casework.models.meeting import (
    AgencyEntry,
    Attendance,
    Dissent,
    Invitation,
    Meeting,
    MeetingAbout,
    MeetingDecision,
    MeetingEnded,
    MeetingHeld,
    MeetingSecondWord,
)
from openmash.apps.casework.models.plan import ActionAgreed, ActionDone, Plan, Review
from openmash.apps.casework.models.practice import PracticeAdopted
from openmash.apps.casework.models.second_person import Proposal, ProposalWord, ThresholdAsked

__all__ = [
    "ActionAgreed",
    "ActionDone",
    "AgencyEntry",
    "Allocation",
    "Attendance",
    "CameFrom",
    "Case",
    "ChildSeen",
    "Clock",
    "Closure",
    "Dissent",
    "Escalation",
    "EscalationAnswer",
    "InformationDecided",
    "Invitation",
    "Meeting",
    "MeetingAbout",
    "MeetingDecision",
    "MeetingEnded",
    "MeetingHeld",
    "MeetingSecondWord",
    "NewInformation",
    "Notice",
    "Plan",
    "PracticeAdopted",
    "Proposal",
    "ProposalWord",
    "Review",
    "StageEnded",
    "StageOpen",
    "ThresholdAsked",
    "Told",
    "View",
]
