"""What is said of wording that may be misread, and that nothing is refused for it."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

import pytest

from openmash.engines.thresholds import Policy
from openmash.engines.thresholds.policy import wording
from openmash.engines.thresholds.policy.errors import PolicyWarning
from openmash.engines.thresholds.policy.wording import wording_warnings
from openmash.engines.thresholds.policy.words import DATED_TERMS
from tests.engines.thresholds.invented import draft


def changed(id: str, **words: object) -> Policy:
    """The draft with something else said of one sign."""
    return replace(
        draft(),
        signs=tuple(replace(sign, **words) if sign.id == id else sign for sign in draft().signs),  # type: ignore[arg-type]
    )


def new(policy: Policy) -> list[PolicyWarning]:
    """What is said of a policy and not of the draft."""
    known = set(wording_warnings(draft()))
    return [one for one in wording_warnings(policy) if one not in known]


def test_the_draft_has_few_findings_and_all_of_them_vague_or_unexplained() -> None:
    found = wording_warnings(draft())
    assert 10 <= len(found) <= 25
    assert {re.sub("“[^”]*”", "…", one.message) for one in found} == {
        "Two people may read … in two ways.",
        "… is nowhere explained.",
    }
    assert str(found[0]).startswith("signs.csv, A09: Two people may read “sometimes” in two ways. Say how")


def test_nothing_is_refused_for_its_wording() -> None:
    assert isinstance(changed("B01", wording="Some significant domestic violence, often."), Policy)


# --- nearly the same sign at two levels ---


@pytest.mark.parametrize(
    "wording",
    [
        "The child is violent to carers, brothers or sisters, and the family cannot keep everyone safe.",
        "A child who is violent to brothers and sisters; the family is not keeping everyone safe.",
        "Child violent to sisters",
        "The child is violent to brothers and sisters, shouting at neighbours.",  # three words of five
    ],
)
def test_nearly_the_same_sign_at_two_levels_is_named(wording: str) -> None:
    (found,) = new(changed("A24", wording=wording, note=""))
    assert (found.file, found.key) == ("signs.csv", "A24")
    assert found.message == "It is much like B06 at level 3, and nothing says what differs."
    assert "“Level 3 if …”" in found.hint


@pytest.mark.parametrize(
    "words",
    [
        {"note": "Level 3 if the family cannot keep everyone safe"},  # the note says what would raise it
        {"note": "See B06 for more"},  # the other sign is named
        {"level": "3"},  # the same level: which of the two is chosen changes nothing
        {"wording": "The child was violent to sisters once."},  # a number says what differs
        {"wording": "The child is violent in school and on the way there."},
        {"wording": "The child is violent."},  # one word alone says too little
    ],
)
def test_signs_that_say_what_differs_are_let_be(words: dict[str, str]) -> None:
    same = {"wording": "The child is violent to brothers and sisters.", "note": ""}
    assert new(changed("A24", **same))
    assert not new(changed("A24", **{**same, **words}))


def test_many_signs_alike_are_not_each_compared_with_all(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = []

    def counted(others: Iterable[int]) -> Counter[int]:
        found = Counter(others)
        compared.append(len(found))
        return found

    monkeypatch.setattr(wording, "Counter", counted)
    monkeypatch.setattr(wording, "MOST_COMPARED", 10)
    alike = [
        replace(draft().sign("B01"), id=f"Z{n}", level="34"[n % 2], wording="Care is missed.", note="")
        for n in range(300)
    ]
    found = new(replace(draft(), signs=(*draft().signs, *alike)))
    assert max(compared[-300:]) <= 2 * 10  # two words, ten signs to each
    assert len([one for one in found if "much like" in one.message]) >= 299


# --- vague words ---


@pytest.mark.parametrize(
    ("wording", "is_vague"),
    [
        ("Meals are often missed.", True),
        ("Meals are missed on a regular basis.", True),
        ("There are significant worries about care.", True),
        ("There is significant harm to the child.", False),  # the words of the law
        ("Meals are often missed, three or more times a week.", False),
        ("Meals are often missed, such as breakfast before school.", False),
        ("Meals are often missed. Two aunts help.", True),  # a number in another sentence makes nothing plain
        ("Someone handsome is softened.", False),  # part of a word is no word
    ],
)
def test_vague_words_without_a_number_or_an_example(wording: str, is_vague: bool) -> None:
    found = new(changed("B12", wording=wording, note="Level 4 if it goes on"))
    assert [one.key for one in found] == (["B12"] if is_vague else [])


def test_a_vague_word_where_it_cannot_mislead_is_let_be() -> None:
    assert not new(changed("U03", wording="The child often sees friends."))  # a strength changes no level
    examples = ("each missed meal",)
    assert not new(
        changed("B12", wording="Meals are often missed.", counted_examples=examples, note="Level 4 if so")
    )


def test_a_vague_rule_is_named_unless_its_conditions_count() -> None:
    def renamed(id: str) -> Policy:
        rules = (replace(rule, name="Often so") if rule.id == id else rule for rule in draft().rules)
        return replace(draft(), rules=tuple(rules))

    assert [(one.file, one.key) for one in new(renamed("C11"))] == [("rules.csv", "C11")]
    assert not new(renamed("C6a"))


# --- dated terms ---

DATED = [
    "child prostitution",
    "child pornography",
    "domestic violence",
    "honour killing",
    "female circumcision",
    "committed suicide",
    "attention-seeking",
    "promiscuous",
    "puts herself at risk",
    "lifestyle choice",
    "at risk of sexual exploitation",
    "drug running",
    "in a relationship with an older man",
    "absconded",
    "did not attend two appointments",
    "wants counselling",
    "peer-on-peer abuse",
    "sexting",
    "revenge porn",
    "toxic trio",
    "disguised compliance",
    "hard to reach",
    "refused to engage",
    "troubled family",
    "broken home",
    "substance abuse",
    "wheelchair-bound",
    "illegal immigrant",
    "LAC",
    "child protection register",
    "LSCB",
    "statement of special educational needs",
    "Munchausen syndrome by proxy",
]


@pytest.mark.parametrize(("term", "words"), list(zip(DATED_TERMS, DATED, strict=True)))
def test_each_dated_term_is_named_with_todays(term: object, words: str) -> None:
    found = [one for one in new(changed("B20", wording=f"Here is {words} now.")) if "dated" in one.message]
    assert [(one.file, one.key) for one in found] == [("signs.csv", "B20")]
    assert term.instead in found[0].hint and term.why in found[0].hint  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "words",
    [
        "so-called honour-based abuse",
        "domestic abuse",
        "the carer does not attend meetings at school",
        "an alcoholic drink",
        "black and placid",
        "at risk of significant harm",
    ],
)
def test_what_only_resembles_a_dated_term_is_let_be(words: str) -> None:
    assert not new(changed("B20", meanwhile=f"Here is {words} now."))


def test_dated_terms_are_found_in_every_file_that_people_read() -> None:
    said = "Domestic violence."
    policy = draft()
    first = {
        "facts": replace(policy.facts[0], ask=said),
        "duties": replace(policy.duties[0], text=said),
        "rules": replace(policy.rules[0], note=said),
        "routes": replace(policy.routes[0], tell=said),
        "pathways": replace(policy.pathways[0], needs=said),
        "advice": replace(policy.advice[0], text=said),
        "examples": replace(policy.examples[0], story=said),
    }
    changes = {name: (one, *getattr(policy, name)[1:]) for name, one in first.items()}
    found = new(replace(policy, title=said, set_notes={"refusal": said}, **changes))  # type: ignore[arg-type]
    assert {one.file for one in found if "dated" in one.message} == {
        *("policy.toml", "facts.csv", "sets.csv", "duties.csv", "rules.csv", "routing.csv", "pathways.csv"),
        *("advice.csv", "examples.csv"),
    }


# --- abbreviations and jargon ---


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Ask the YOT.", ["YOT"]),
        ("Ask the YOT, and the YOT again.", ["YOT"]),  # once is enough
        ("Ask the youth offending team (YOT).", []),
        ("Ask the YOT (youth offending team).", []),
        ("Ask the YOT. YOT means youth offending team.", []),
        ("Ask the GP or A&E, see D17 and ICPC.", []),  # everyday words, and ids of this policy
        ("Hold a core group.", ["core group"]),
        ("Hold a Core Group (the family and those who help).", []),
        ("Hold a strategy discussion.", []),  # a pathway of this name says what it is
    ],
)
def test_what_is_nowhere_explained_is_named_once(text: str, terms: list[str]) -> None:
    found = new(changed("B20", meanwhile=text))
    assert [one.message for one in found] == [f"“{term}” is nowhere explained." for term in terms]


def test_an_explanation_anywhere_in_the_policy_is_enough() -> None:
    policy = changed("B20", meanwhile="Ask the YOT.")
    advice = (replace(policy.advice[0], text="Ring the youth offending team (YOT)."), *policy.advice[1:])
    assert not new(replace(policy, advice=advice))
