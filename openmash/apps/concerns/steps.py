"""The four steps of a disagreement, from the practitioner to the partnership (rule C20). Pure."""

STEP_NAMES = {1: "the practitioner", 2: "the managers", 3: "the heads of service", 4: "the partnership"}
LAST_STEP = max(STEP_NAMES)


def next_step(last: int | None, *, afresh: bool) -> int | None:
    """The step a disagreement would go to now, or None when the last step has been taken.

    `last` is the step answered last, None if there was none. `afresh`: what is disagreed with was decided
    since then, because the decision was taken again or something new was told. That begins at the first step.
    """
    if last is None or afresh:
        return 1
    return last + 1 if last < LAST_STEP else None
