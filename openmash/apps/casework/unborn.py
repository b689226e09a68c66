"""A child before and after birth: whether it has been born, when it is expected, and what it is called.

And whether the pregnancy has ended without a birth.
"""

from datetime import date

from openmash.apps.casework.models import Birth, Case, ExpectedDate, PregnancyEnded

NO_NAME_YET = "The baby"
"""What a child is called whom nobody has named."""


def birth_of(case: Case) -> Birth | None:
    """The birth, if it has been recorded; of a child born before the work began there is none to record."""
    return getattr(case, "birth", None) if case.child.kind == "unborn" else None


def is_unborn(case: Case) -> bool:
    """Whether the child was not yet born when the work began, and nobody has recorded the birth."""
    return case.child.kind == "unborn" and birth_of(case) is None


def loss_of(case: Case) -> PregnancyEnded | None:
    """What was written when the pregnancy ended without a birth; None if it did not, or that was taken back."""
    if not is_unborn(case):
        return None
    return PregnancyEnded.objects.filter(case=case, opened__ended__isnull=True).order_by("-id").first()


def expected_on(case: Case) -> date | None:
    """When the child is expected, as it was said last; None while nobody knows."""
    last = ExpectedDate.objects.filter(case=case).order_by("-id").first()
    return last.expected_on if last is not None else case.child.expected_on


def name_of(case: Case) -> str:
    """What the child is called, as far as anybody has said."""
    born = birth_of(case)
    if born is not None:
        return born.name or case.child.name or NO_NAME_YET
    lost = loss_of(case)
    if lost is not None:
        return lost.name or NO_NAME_YET
    return case.child.name or ("Unborn child" if is_unborn(case) else "Name not known")
