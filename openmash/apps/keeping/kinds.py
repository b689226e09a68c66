"""Which records are kept and removed as one, and why one may have to stay. Pure."""

from enum import StrEnum


class RecordKind(StrEnum):
    """What a record is called in the log, too."""

    CONTACT = "contact"
    CASE = "case"


SUBJECT = "keeping"
"""What the log calls holds and decisions about a record; the identifier is the record's."""

REASONS = {
    "inquiry": "An inquiry or inquest has asked for records to be kept (Inquiries Act 2005, section 35)",
    "court": "It is or may be needed in proceedings before a court",
    "police": "The police need it for an investigation",
    "practice_review": "A child safeguarding practice review looks at it (Children Act 2004, section 16E)",
    "subject_access": "Somebody has asked for their record (Data Protection Act 2018, section 173)",
    "complaint": "A complaint, claim or disciplinary matter is open",
    "allegation": "It holds an allegation of sexual abuse (IICSA, final report, recommendation 17)",
    "other": "Another reason, which is written down",
}
"""Why a record is held, with the source of the duty where there is one."""

REMOVE, KEEP = "remove", "keep"
