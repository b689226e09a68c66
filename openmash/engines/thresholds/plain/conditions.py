"""A rule's conditions in sentences for everybody. The policy's own English is exact, and harder to read."""

from openmash.engines.thresholds.meaning.reasons import age_in_words
from openmash.engines.thresholds.plain.names import group_name, named
from openmash.engines.thresholds.policy.conditions import (
    ChildUnder,
    Condition,
    Contacts,
    Examples,
    Facts,
    Reached,
    Signs,
    Unborn,
)
from openmash.engines.thresholds.policy.model import Policy

IMMEDIACY = {
    "": "",
    "always": " that always needs action at once",
    "unless": " that needs action at once unless its question is answered no",
}


def in_words(condition: Condition, policy: Policy) -> str:
    """What must hold, as a sentence without its full stop."""
    match condition:
        case Signs():
            return _signs(condition, policy)
        case Examples(least, sign, evidence):
            return (
                f"{least} or more different examples of {_quoted(sign, policy)}{_known_as(evidence, policy)}"
            )
        case Contacts():
            return _contacts(condition)
        case ChildUnder(months):
            return f"The child is under {age_in_words(months)}, or may be"
        case Unborn(not_ruled_out):
            return f"The child is not yet born{', or nobody knows' if not_ruled_out else ''}"
        case Facts(fact, of, not_ruled_out):
            which = (
                f"“{policy.fact(fact).question}”" if fact else f"any question of the group “{group_name(of)}”"
            )
            return f"The answer to {which} is yes{' or not known' if not_ruled_out else ''}"
        case Reached(level):
            return f"The other rules come to {named(policy.level(level), policy)} or more"


def _quoted(sign: str, policy: Policy) -> str:
    return f"{sign} “{policy.sign(sign).wording.rstrip('.')}”"


def _known_as(evidence: str, policy: Policy) -> str:
    """The least evidence with which it counts. The weakest reads as what it is: no hurdle at all."""
    if not evidence:
        return ""
    grade = policy.evidence_grade(evidence)
    words = "even if only" if grade.rank == policy.evidence[0].rank else "known at least as"
    return f", {words} “{grade.label.lower()}”"


def _signs(c: Signs, policy: Policy) -> str:
    if c.sign:
        what = f"The sign {_quoted(c.sign, policy)}"
    else:
        noun = "A sign" if c.least == 1 else f"{c.least} or more signs"
        level = f" of level {c.level}" if c.level else ""
        group = f" of the group “{group_name(c.of)}”" if c.of in policy.sign_sets else ""
        about = f" about {group_name(c.of)}" if c.of and not group else ""
        what = f"{noun}{level}{group}{about}{IMMEDIACY[c.immediacy]}"
    what += ", and the answer is yes or not known" if c.not_ruled_out else ""
    what += _known_as(c.evidence, policy)
    what += f", in {c.domains} or more parts of the child’s life" if c.domains > 1 else ""
    return what + (f", and {_gone_on(c)} {c.lasting} months or more" if c.lasting else "")


def _gone_on(c: Signs) -> str:
    each = "it" if c.least == 1 else "each"
    return f"{each} has, or may have, gone on for" if c.lasting_open else f"{each} has gone on for"


def _contacts(c: Contacts) -> str:
    noun = "entries in the records" if c.entries else "contacts"
    about = f" about {group_name(c.kind)}" if c.kind else ""
    agencies = f" from {c.agencies} or more agencies" if c.agencies > 1 else ""
    by = f" from the {group_name(c.agency_kind)}" if c.agency_kind else agencies
    unassessed = ", with no assessment made since" if c.unassessed else ""
    return f"{c.least} or more {noun}{about}{by} within {c.months} months, this one included{unassessed}"
