"""The four steps of a disagreement, from the practitioner to the partnership (rule C20). Pure."""

STEP_NAMES = {1: "the practitioner", 2: "the managers", 3: "the heads of service", 4: "the partnership"}
LAST_STEP = max(STEP_NAMES)


FIRST_STEP = min(STEP_NAMES)


def step_after(last: int) -> int | None:
    """The step after one that was answered, or None when it was the last."""
    return last + 1 if last < LAST_STEP else None
