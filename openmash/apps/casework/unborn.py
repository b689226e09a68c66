"""A child before and after birth: whether it has been born, when it is expected, and what it is called."""

from datetime import date

from openmash.apps.casework.models import Birth, Case, ExpectedDate


def birth_of(case: Case) -> Birth | None:
    """The birth, if it has been recorded; of a child born before the work began there is none to record."""
    return getattr(case, "birth", None) if case.child.kind == "unborn" else None


def is_unborn(case: Case) -> bool:
    """Whether the child was not yet born when the work began, and nobody has recorded the birth."""
    return case.child.kind == "unborn" and birth_of(case) is None


def expected_on(case: Case) -> date | None:
    """When the child is expected, as it was said last; None while nobody knows."""
    last = ExpectedDate.objects.filter(case=case).order_by("-id").first()
    return last.expected_on if last is not None else case.child.expected_on


def name_of(case: Case) -> str:
    """What the child is called, as far as anybody has said."""
    born = birth_of(case)
    if born is not None and born.name:
        return born.name
    return case.child.name or ("Unborn child" if is_unborn(case) else "Name not known")
