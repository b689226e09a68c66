"""What another bar would have meant for concerns of the past, in the only sentences in which it may be said.

Every number stands in one sentence with what it does not mean. Numbers come in as they may be shown.
"""

MONTHS = {365: "twelve months", 182: "six months", 91: "three months"}


def missed_says(followed: str, later: str, horizon: int) -> str:
    """The least that was missed, with what it is not, in one sentence."""
    return (
        f"Of {followed} concerns that people closed at the front door, that the draft would put higher, and that "
        f"could be followed for {MONTHS[horizon]}, {later} are known to have come to a section 47 enquiry or a "
        "protection plan in that time: the least that was missed, since nobody looked at the others and all of them "
        "may have been in need, and no sign that an assessment would have changed anything."
    )


def at_stake_says(cases: str, protection: str, help: str, not_known: str) -> str:
    """What was found where the draft would have asked for less, with what it is not, in one sentence."""
    return (
        f"Of {cases} concerns that were taken up and that the draft would put lower, {protection} came to an enquiry "
        f"or a plan, {help} to help, and of {not_known} it is not known yet: this is what is at stake, of which all or "
        "nothing might have been lost, since nobody can know what would have come to notice some other way."
    )


TOO_FEW_TO_FOLLOW = (
    "Too few of those that the draft would put higher were closed at the front door long enough ago to say what came "
    "after: that is not known, and it is not none."
)
NOBODY_LOWER = "The draft would put none lower that were taken up."
TOO_FEW_LOWER = "Too few that were taken up would be put lower to say what was found."
BOTH_WAYS = (
    "The other bar would also change how much time there is for every child, and what people raise at all. Neither is "
    "in these numbers."
)
