from openmash.apps.papers.models.attached import CaseDocument, MeetingDocument
from openmash.apps.papers.models.letter import Letter, LettersAdopted
from openmash.apps.papers.models.message import Message
from openmash.apps.papers.models.paper import Given, Paper

__all__ = ["CaseDocument", "Given", "Letter", "LettersAdopted", "MeetingDocument", "Message", "Paper"]
