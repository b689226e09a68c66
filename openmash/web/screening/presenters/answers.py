"""The beginnings of an answer: the policy's own words for the level, with a place for the person's.

What the front door wrote for itself, and what other agencies told it, is never put in: the person who
answers chooses what the person who raised it may know.
"""

from collections.abc import Iterable
from datetime import datetime

from openmash.apps.concerns.promises import due_by
from openmash.apps.concerns.queries.opened import Opened
from openmash.engines.thresholds import Level, Policy
from openmash.web.layout.times import moment

REASONS_HERE = "[Write the reasons here, in plain words.]"
ADVICE_HERE = "[Write your advice here, in plain words.]"
PLACES = (REASONS_HERE, ADVICE_HERE)

HEADINGS = {
    "meanwhile": "What you can do meanwhile",
    "tell_family": "Talking with the family",
    "if_you_disagree": "If you disagree",
}


def answer_begun(opened: Opened, now: datetime) -> str:
    """For a concern that has been decided: what was decided, what happens next, and room for the reasons."""
    decision, policy = opened.contact.decision, opened.policy
    if decision is None:
        return ""
    level, pathway = policy.level(decision.level), policy.pathway(decision.pathway)
    due = moment(due_by(policy, pathway.clock, now)) if pathway.clock else ""
    return _joined(
        [
            ("", "Thank you for telling us."),
            (
                "What we decided",
                f"{level.told}\nWe decided on level {level.code} ({level.name}): {pathway.label}.",
            ),
            ("Why", REASONS_HERE),
            ("What happens next", pathway.what_happens_next),
            *_advice(policy, level, due),
        ]
    )


def advice_begun(opened: Opened) -> str:
    """For a request for advice: the policy's advice for the level it came to, and room for one's own."""
    policy, level = opened.policy, opened.finding.level
    return _joined(
        [("", "Thank you for asking."), ("Our advice", ADVICE_HERE), *_advice(policy, level, due="")]
    )


def _advice(policy: Policy, level: Level, due: str) -> Iterable[tuple[str, str]]:
    for kind, heading in HEADINGS.items():
        lines = [line.text for line in policy.advice_for(level, kind) if due or "{due}" not in line.text]
        if kind == "if_you_disagree" and not lines:
            lines = [
                "If you think this should be looked at again, say so: press Disagree where you read this."
            ]
        if lines:
            yield heading, "\n".join(_filled(line, policy, due) for line in lines)


def _filled(line: str, policy: Policy, due: str) -> str:
    # Only the names a policy may use are filled: anything else in braces is left as it was written.
    for name, words in {**policy.contacts, "due": due}.items():
        line = line.replace("{" + name + "}", words)
    return line


def _joined(sections: Iterable[tuple[str, str]]) -> str:
    return "\n\n".join(f"{heading}\n{text}" if heading else text for heading, text in sections)
