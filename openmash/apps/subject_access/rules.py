"""When an answer is due, on what ground something is kept back, and what a redaction may change. Pure."""

import re
from collections.abc import Iterable

DISCLOSE, REDACT, WITHHOLD = "disclose", "redact", "withhold"
OUTCOMES = {
    DISCLOSE: "Give it as it is",
    REDACT: "Give it with parts taken out",
    WITHHOLD: "Keep it back",
}

CAPACITIES = {
    "self": "The person themselves",
    "parent": "Somebody with parental responsibility, for a child who cannot ask for themselves",
    "representative": "Somebody whom the person has asked to act for them",
}

GROUNDS = {
    "third_party": "It is about another person, who has not agreed, and giving it would not be reasonable "
    "(Data Protection Act 2018, Schedule 2, paragraph 16)",
    "serious_harm": "Giving it would be likely to seriously harm somebody’s physical or mental health: social work "
    "(Data Protection Act 2018, Schedule 3, paragraph 11)",
    "serious_harm_health": "The same, by a health professional’s opinion of the last six months "
    "(Data Protection Act 2018, Schedule 3, paragraphs 5 and 6)",
    "serious_harm_education": "The same, in an educational record (Data Protection Act 2018, Schedule 3, paragraph 19)",
    "child_abuse": "Somebody asks for a child, it tells of possible abuse, and giving it would not be in the child’s "
    "best interests (Data Protection Act 2018, Schedule 3, paragraph 21)",
    "expectation": "The person told it expecting that whoever asks would not be told "
    "(Data Protection Act 2018, Schedule 3, paragraph 10)",
    "crime": "Giving it would be likely to prejudice preventing or detecting crime, or a prosecution "
    "(Data Protection Act 2018, Schedule 2, paragraph 2)",
    "privilege": "It is legally privileged (Data Protection Act 2018, Schedule 2, paragraph 19)",
    "not_about": "It is not about the person (UK GDPR, Article 15)",
}
"""Why something is kept back: the rows marked so are read against the law in force before anybody relies on them."""

TAKEN_OUT = "[taken out]"


def without(text: str, terms: Iterable[str], kept: Iterable[str]) -> str:
    """A text without the names and numbers of other people; single words of `kept` stay."""
    own = {word.casefold() for each in kept for word in each.split()}
    whole = {each.strip() for each in terms if len(each.strip()) > 1}
    words = {word for each in whole for word in re.split(r"[\s,;/]+", each) if len(word) > 2}
    wanted = [*whole, *(word for word in words if word.casefold() not in own and not word.isdecimal())]
    for term in sorted(wanted, key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(term)}(?!\w)", TAKEN_OUT, text, flags=re.IGNORECASE)
    return text


def only_takes_out(before: str, after: str) -> bool:
    """Whether `after` is `before` with something taken out, all of it marked, and nothing added or moved."""
    first, *rest = (" ".join(each.split()) for each in after.split(TAKEN_OUT))
    plain = " ".join(before.split())
    if not rest or not plain.startswith(first) or not plain.endswith(rest[-1]):
        return False
    place, end = len(first), len(plain) - len(rest[-1])
    for wanted in rest[:-1]:
        found = plain[place:end].find(wanted)
        if found < 0:
            return False
        place += found + len(wanted)
    return place <= end
