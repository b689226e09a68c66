class Refused(Exception):
    """Somebody may not do or see this. Carries a reason a person can read, and what it was about."""

    def __init__(self, reason: str, *, verb: str, subject_kind: str, subject_id: object = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.verb = verb
        self.subject_kind = subject_kind
        self.subject_id = str(subject_id)
