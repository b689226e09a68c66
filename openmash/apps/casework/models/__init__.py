from openmash.apps.casework.models.absence import Absence
from openmash.apps.casework.models.awaited import Awaited, AwaitedEnded
from openmash.apps.casework.models.birth import Birth, ExpectedDate
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
    Why,
)
from openmash.apps.casework.models.clock import Clock, Notice
from openmash.apps.casework.models.escalation import Escalation, EscalationAnswer
from openmash.apps.casework.models.information import InformationDecided, NewInformation
from openmash.apps.casework.models.loss import PregnancyEnded, ToldOfLoss
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
from openmash.apps.casework.models.plan import ActionAgreed, ActionDone, OfferRefused, Plan, Review
from openmash.apps.casework.models.practice import PracticeAdopted
from openmash.apps.casework.models.second_person import Proposal, ProposalWord, ThresholdAsked
from openmash.apps.casework.models.transfer import HandedOver, TransferIn, TransferOut

__all__ = [
    "Absence",
    "ActionAgreed",
    "ActionDone",
    "AgencyEntry",
    "Allocation",
    "Attendance",
    "Awaited",
    "AwaitedEnded",
    "Birth",
    "CameFrom",
    "Case",
    "ChildSeen",
    "Clock",
    "Closure",
    "Dissent",
    "Escalation",
    "EscalationAnswer",
    "ExpectedDate",
    "HandedOver",
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
    "OfferRefused",
    "Plan",
    "PracticeAdopted",
    "PregnancyEnded",
    "Proposal",
    "ProposalWord",
    "Review",
    "StageEnded",
    "StageOpen",
    "ThresholdAsked",
    "Told",
    "ToldOfLoss",
    "TransferIn",
    "TransferOut",
    "View",
    "Why",
]
