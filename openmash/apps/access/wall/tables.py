"""Which tables stand behind the wall, by which row each opens; and which do not, and why.

Every table of the product is in one of the two: a test compares them with the models.
"""

OF_A_CONTACT = frozenset(
    {
        "concerns_acknowledgement",
        "concerns_answer",
        "concerns_askedelsewhere",
        "concerns_askedelsewhereanswered",
        "concerns_childconsidered",
        "concerns_decision",
        "concerns_disagreement",
        "concerns_factrecorded",
        "concerns_findingrecorded",
        "concerns_followup",
        "concerns_followupdone",
        "concerns_information",
        "concerns_part",
        "concerns_reply",
        "concerns_secondword",
        "concerns_signrecorded",
        "concerns_signwithdrawn",
        "access_conflictdeclared",
        "access_conflictended",
        "access_emergencyaccess",
        "access_emergencyreviewed",
        "access_restriction",
        "access_restrictionlifted",
        "access_restrictionnames",
        "case_audit_discussed",
        "case_audit_sampled",
        "case_audit_verdict",
        "subject_access_accessrequest",
        "subject_access_answered",
        "subject_access_extended",
        "subject_access_piece",
        "subject_access_piecedecided",
    }
)
"""Open with the contact in their column `contact_id`."""

CONTACT = "concerns_contact"

WALLED = OF_A_CONTACT | {CONTACT}

NOT_YET = "The gate alone decides so far: what hangs on a contact came first."
NO_CASE_DATA = "Says nothing of a child or a family."

OPEN: dict[str, str] = {
    "concerns_draft": "Found by its key and its owner or code alone, and nobody's record until it is sent.",
    "audit": "Written at every look, by whoever looks; shown to leaders alone.",
    "directory": NO_CASE_DATA,
    "policy": NO_CASE_DATA,
    "families": NOT_YET,
    "documents": NOT_YET,
    "registers": NOT_YET,
    "private_asking": NOT_YET,
    "casework": NOT_YET,
    "papers": NOT_YET,
    "sharing": NOT_YET,
    "case_audit": "Which concerns were drawn is behind the wall; what is left says how many, and who was asked.",
    "keeping": "Names records by number; who reads why one is held is decided as for the record itself.",
    "account": NO_CASE_DATA,
    "auth": NO_CASE_DATA,
    "contenttypes": NO_CASE_DATA,
    "mfa": NO_CASE_DATA,
    "sessions": NO_CASE_DATA,
    "socialaccount": NO_CASE_DATA,
}
"""Reason by table, or by app for all of its tables that are not behind the wall."""
