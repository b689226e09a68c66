"""Wording that may be misread: what to look at again before a policy is agreed. Nothing here refuses one."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from openmash.engines.thresholds.policy.conditions import Contacts, Examples, Signs
from openmash.engines.thresholds.policy.errors import PolicyWarning
from openmash.engines.thresholds.policy.model import Policy, Rule, Sign
from openmash.engines.thresholds.policy.notes import raise_notes
from openmash.engines.thresholds.policy.words import (
    DATED_TERMS,
    EVERYDAY_ABBREVIATIONS,
    JARGON,
    VAGUE_WORDS,
)

SAME_SHARE = 0.6
"""From which share of common words two signs count as nearly the same: see `_nearly_the_same`."""
MOST_COMPARED = 200
"""With how many signs that share a word a sign is compared, so that a policy of many alike ends in time."""

_COMMON_WORDS = frozenset(
    (
        *(
            "a",
            "an",
            "the",
            "of",
            "or",
            "and",
            "in",
            "on",
            "at",
            "to",
            "for",
            "with",
            "by",
            "from",
            "as",
            "if",
        ),
        *(
            "is",
            "are",
            "was",
            "were",
            "be",
            "been",
            "being",
            "has",
            "have",
            "had",
            "do",
            "does",
            "than",
            "then",
        ),
        *(
            "it",
            "its",
            "that",
            "this",
            "there",
            "their",
            "they",
            "them",
            "who",
            "which",
            "what",
            "his",
            "her",
        ),
        *("he", "she", "any", "no", "not", "so", "but", "child", "children", "carer", "carers", "parent"),
        *("parents",),
    )
)
_NUMBER_WORDS = frozenset(
    (
        *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
        *("once", "twice", "daily", "weekly", "monthly", "every", "each"),
    )
)
_EXAMPLE = re.compile(r"\b(such as|for example|for instance)\b", re.IGNORECASE)
_VAGUE = re.compile(rf"\b({'|'.join(sorted(VAGUE_WORDS, key=len, reverse=True))})\b(?! harm)", re.IGNORECASE)
_SHORT = r"\b[A-Z]{1,5}(?:&[A-Z]|[A-Z])\b"
_ABBREVIATION = re.compile(_SHORT)
_TERM = rf"{_SHORT}|\b(?i:{'|'.join(re.escape(term) for term in JARGON)})\b"
_EXPLAINED = re.compile(
    rf"\(\s*(?P<after>{_TERM})\s*\)"
    rf"|(?P<before>{_TERM})(?:\s*\((?!s\))|:? (?:means|stands for|is (?:a|an|the)|are the)\b)"
)
_DATED = tuple((re.compile(rf"\b(?:{term.pattern})\b", re.IGNORECASE), term) for term in DATED_TERMS)


class Text(NamedTuple):
    """A text of the policy that somebody reads, and the row it stands in."""

    file: str
    key: str
    text: str


def wording_warnings(policy: Policy) -> tuple[PolicyWarning, ...]:
    """What in a policy's words may be misread, in the order: signs at two levels, vague words, dated terms,
    abbreviations and jargon.

    Signs that are strengths may be vague, since they change no level. Examples are read for dated terms only.
    """
    return (
        *_at_two_levels(policy),
        *_vague(policy),
        *_dated(policy),
        *_unexplained(policy),
    )


# --- nearly the same sign at two levels ---


def _at_two_levels(policy: Policy) -> Iterator[PolicyWarning]:
    for pairs in _nearly_the_same(policy):
        found = next((pair for pair in pairs if not _says_what_differs(*pair)), None)
        if found:
            lower, higher = found
            said = f"It is much like {higher.id} at level {higher.level}, and nothing says what differs."
            hint = (
                f"Say in both what is seen at this level only, or write in the note of {lower.id} "
                f"“Level {higher.level} if …”."
            )
            yield PolicyWarning("signs.csv", lower.id, said, hint)


def _nearly_the_same(policy: Policy) -> Iterator[list[tuple[Sign, Sign]]]:
    """For each sign, its pairs with earlier signs of another level that say nearly the same, the lower first.

    The measure: of the different words of the shorter wording, the share that the longer has too, after
    leaving out small words ("the", "child", "parents") and endings ("misses", "missed", "missing" are one).
    From 0.6 on, with two words or more in common, the two count as nearly the same. In the draft the highest
    is 0.5. An index of words keeps this quick: signs without a word in common are never compared.
    """
    ranks = {level.code: level.rank for level in policy.levels}
    signs_with: dict[str, list[int]] = {}
    words = [_words(sign.wording) for sign in policy.signs]
    for place, sign in enumerate(policy.signs):
        pairs = []
        common = Counter(
            other for word in words[place] for other in signs_with.get(word, [])[-MOST_COMPARED:]
        )
        for other, shared in sorted(common.items()):
            pair = sorted((policy.signs[other], sign), key=lambda one: ranks[one.level])
            is_near = shared >= 2 and shared >= SAME_SHARE * min(len(words[place]), len(words[other]))
            if is_near and pair[0].level != pair[1].level:
                pairs.append((pair[0], pair[1]))
        yield pairs
        for word in words[place]:
            signs_with.setdefault(word, []).append(place)


def _words(text: str) -> frozenset[str]:
    found = re.findall(r"[a-z0-9]+", text.lower().replace("’s", ""))
    return frozenset(_stem(word) for word in found if word not in _COMMON_WORDS)


def _stem(word: str) -> str:
    for ending in ("ing", "ed", "ly", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending)
    return word


def _says_what_differs(lower: Sign, higher: Sign) -> bool:
    """A note that names the other's level or id, or a number that one has and the other has not."""
    notes = {code for code, _ in raise_notes(lower.note)}
    if higher.level in notes or _names(lower, higher) or _names(higher, lower):
        return True
    return _numbers(lower.wording) != _numbers(higher.wording)


def _names(one: Sign, other: Sign) -> bool:
    return re.search(rf"\b{other.id}\b", f"{one.wording} {one.note}") is not None


def _numbers(text: str) -> frozenset[str]:
    words = re.findall(r"[0-9]+|[a-z]+", text.lower())
    return frozenset(word for word in words if word[0].isdigit() or word in _NUMBER_WORDS)


# --- vague words ---


def _vague(policy: Policy) -> Iterator[PolicyWarning]:
    for file, key, text in _texts_that_decide(policy):
        # A number or an example makes the words of its own sentence plain, not those of the next.
        for sentence in re.split(r"[.;?]", text):
            found = _VAGUE.search(sentence)
            if found and not _numbers(sentence) and not _EXAMPLE.search(sentence):
                said = f"Two people may read “{found[1]}” in two ways."
                hint = "Say how much or how often, or give an example with “such as …”."
                yield PolicyWarning(file, key, said, hint)
                break


def _texts_that_decide(policy: Policy) -> Iterator[Text]:
    """The texts from which somebody tells whether a sign, a fact or a rule holds."""
    for sign in policy.signs:
        if not sign.protective and not sign.counted_examples:
            yield Text("signs.csv", sign.id, f"{sign.wording} {sign.immediate_question}")
    for fact in policy.facts:
        yield Text("facts.csv", fact.id, fact.question)
    for rule in policy.rules:
        if not _counts(rule):
            yield Text("rules.csv", rule.id, f"{rule.name}. {rule.because}")


def _counts(rule: Rule) -> bool:
    """Whether a rule's own conditions give the number that its name need not."""
    return any(
        isinstance(one, Contacts | Examples) or (isinstance(one, Signs) and (one.least > 1 or one.lasting))
        for one in rule.conditions
    )


# --- dated terms ---


def _dated(policy: Policy) -> Iterator[PolicyWarning]:
    stories = (Text("examples.csv", example.id, example.story) for example in policy.examples)
    for file, key, text in (*_texts(policy), *stories):
        for pattern, term in _DATED:
            found = pattern.search(text)
            if found:
                hint = f"Write: {term.instead}. {term.why}"
                yield PolicyWarning(file, key, f"“{found[0]}” is dated, or blames someone.", hint)


# --- abbreviations and jargon ---


def _unexplained(policy: Policy) -> Iterator[PolicyWarning]:
    """Each abbreviation and each term of the trade once, at its first place, unless it is explained somewhere.

    Explained means: in brackets after its words, with brackets, "means", "is a" or "stands for" behind it, or
    part of the name of something that has a text of its own (a level, a gate, a pathway, a duty).
    """
    texts = tuple(_texts(policy))
    known = _explained(texts) | _ids(policy) | EVERYDAY_ABBREVIATIONS
    names = "\n".join(_names_with_a_text(policy)).lower()
    for place in texts:
        for term, hint in (*_abbreviations(place.text), *_jargon(place.text)):
            if term not in known and term.lower() not in names:
                yield PolicyWarning(place.file, place.key, f"“{term}” is nowhere explained.", hint)
            known |= {term}


def _abbreviations(text: str) -> Iterator[tuple[str, str]]:
    for word in _ABBREVIATION.findall(text):
        yield word, f"Write it out where it stands first, with “({word})” behind it."


def _jargon(text: str) -> Iterator[tuple[str, str]]:
    small = text.lower()
    for term, plain in JARGON.items():
        if term.lower() in small:
            yield term, f"Say what it is: {plain}."


def _explained(texts: Iterable[Text]) -> set[str]:
    terms = {term.lower(): term for term in JARGON}
    found = [match for place in texts for match in _EXPLAINED.finditer(place.text)]
    words = [match["after"] or match["before"] for match in found]
    return {terms.get(word.lower(), word) for word in words}


def _ids(policy: Policy) -> set[str]:
    """Ids and codes, which may be named in a text and are explained where they stand."""
    ids = [*policy.signs_by_id, *policy.rules_by_id, *policy.levels_by_code, *(r.id for r in policy.routes)]
    return {*ids, *(domain.id for domain in policy.domains)}


def _names_with_a_text(policy: Policy) -> Iterator[str]:
    yield from (level.name for level in policy.levels_by_code.values())
    yield from (gate.name for gate in policy.gates)
    yield from (pathway.label for pathway in policy.pathways)
    yield from (duty.label for duty in policy.duties)


# --- every text that somebody reads ---


def _texts(policy: Policy) -> Iterator[Text]:
    yield from _header_texts(policy)
    for sign in policy.signs:
        for text in (
            sign.wording,
            sign.immediate_question,
            *sign.counted_examples,
            sign.note,
            sign.meanwhile,
        ):
            yield Text("signs.csv", sign.id, text)
    for fact in policy.facts:
        yield from (Text("facts.csv", fact.id, text) for text in (fact.question, fact.ask))
    yield from (Text("sets.csv", name, text) for name, text in policy.set_notes.items())
    for duty in policy.duties:
        yield from (Text("duties.csv", duty.id, text) for text in (duty.label, duty.text, duty.owner))
    for rule in policy.rules:
        yield from (Text("rules.csv", rule.id, text) for text in (rule.name, rule.because, rule.note))
    for route in policy.routes:
        yield from (Text("routing.csv", route.id, text) for text in (route.name, route.tell, route.note))
    for pathway in policy.pathways:
        for text in (pathway.label, pathway.needs, pathway.what_happens_next):
            yield Text("pathways.csv", pathway.id, text)
    yield from (Text("advice.csv", line.level, line.text) for line in policy.advice)


def _header_texts(policy: Policy) -> Iterator[Text]:
    yield Text("policy.toml", "", policy.title)
    for gate in policy.gates:
        yield from (Text("policy.toml", gate.id, text) for text in (gate.name, gate.question, gate.when))
    for level in policy.levels_by_code.values():
        for text in (level.name, level.summary, level.told):
            yield Text("policy.toml", level.code, text)
    yield from (Text("policy.toml", domain.id, domain.label) for domain in policy.domains)
    yield from (Text("policy.toml", grade.id, grade.label) for grade in policy.evidence)
