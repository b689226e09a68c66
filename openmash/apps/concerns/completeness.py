"""What must be there before a concern or a request for advice can be sent. As little as possible:
"not known" is an answer, and nobody is turned away for want of a detail.
"""

from datetime import date

from openmash.apps.concerns.account import Account
from openmash.apps.concerns.rules import Reason
from openmash.apps.families.models import RelationshipSaid
from openmash.apps.families.told import RelationshipTold
from openmash.engines.thresholds import Policy


def why_not_send(account: Account, kind: str, policy: Policy, today: date) -> list[Reason]:
    """Everything that stands in the way of sending; empty if nothing does."""
    reasons = []
    if kind == "concern":
        if not account.account.strip():
            reasons.append(Reason("account", "Write what you saw, heard or were told, in your own words."))
        if not any(part.role == "subject" for part in account.parts):
            reasons.append(
                Reason("child", "Say which child you are worried about, even if you know very little.")
            )
    elif not account.question.strip():
        reasons.append(Reason("question", "Write what you would like advice about."))
    return [*reasons, *_people(account, today), *_signs(account, policy, today), *_facts(account, policy)]


def _people(account: Account, today: date) -> list[Reason]:
    reasons = []
    for part in account.parts:
        person = part.person
        who = person.name or "the person"
        if person.born_on is not None and person.born_on > today:
            reasons.append(Reason("born_on", f"The date of birth of {who} must be today or in the past."))
        if person.about_age is not None and not 0 <= person.about_age <= 130:
            reasons.append(Reason("about_age", f"The age of {who} must be between 0 and 130 years."))
    return [*reasons, *_relationships(account)]


def _relationships(account: Account) -> list[Reason]:
    told = [(place, each) for place, part in enumerate(account.parts) for each in part.relationships]
    reasons = []
    if any(each.told.kind not in RelationshipSaid.Kind.values for _place, each in told):
        reasons.append(Reason("people", "Choose how two people are related from the answers on the page."))
    if any(each.to == place or not 0 <= each.to < len(account.parts) for place, each in told):
        reasons.append(Reason("people", "Say to which other person of this concern somebody is related."))
    if any(_ends_too_early(each.told) for _place, each in told):
        reasons.append(Reason("people", "A relationship cannot end before it began."))
    return reasons


def _ends_too_early(told: RelationshipTold) -> bool:
    return told.since is not None and told.until is not None and told.since > told.until


def _signs(account: Account, policy: Policy, today: date) -> list[Reason]:
    signs = {sign.id for sign in policy.signs}
    grades = {grade.id for grade in policy.evidence}
    reasons = []
    for told in account.signs:
        if told.sign not in signs:
            reasons.append(
                Reason("signs", f"There is no sign “{told.sign}” in this version of the threshold.")
            )
        elif told.evidence not in grades:
            reasons.append(Reason(f"{told.sign}-evidence", "Say how you know about each sign you chose."))
        if told.since is not None and told.since > today:
            reasons.append(
                Reason(f"{told.sign}-since", "When a sign was first noticed must be today or earlier.")
            )
    if len({told.sign for told in account.signs}) < len(account.signs):
        reasons.append(Reason("signs", "Choose each sign once."))
    return reasons


def _facts(account: Account, policy: Policy) -> list[Reason]:
    known = {fact.id for fact in policy.facts}
    return [
        Reason(fact, "This question is not asked in this version of the threshold.")
        for fact, answer in account.facts.items()
        if fact not in known or answer not in ("yes", "no", "not_known")
    ]
