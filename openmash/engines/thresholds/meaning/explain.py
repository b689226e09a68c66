"""What else would change the answer, in words for the person who raised the concern."""

from collections.abc import Iterable, Iterator

from openmash.engines.thresholds.meaning.case import Case, View, view
from openmash.engines.thresholds.meaning.conditions_met import Match, in_set, matched
from openmash.engines.thresholds.meaning.evaluate import open_unknowns
from openmash.engines.thresholds.meaning.findings import Change, Unknown
from openmash.engines.thresholds.meaning.outcome import Outcome, outcome
from openmash.engines.thresholds.policy.conditions import Condition, Contacts, Examples, Signs
from openmash.engines.thresholds.policy.model import Answer, Level, Policy, Rule
from openmash.engines.thresholds.policy.notes import raise_notes


def what_would_change(policy: Policy, case: Case, gate: str = "") -> tuple[Change, ...]:
    """Whatever, one step away, would change the level: the most useful first, repeats left out.

    Answers that anyone may give come first, then what the chosen signs' own notes say would raise them, then
    one more sign, example or contact, and last what only a screener can find out.

    Raises:
        ValueError: as `evaluate` does.
    """
    looked_up = view(policy, case, gate)
    found = outcome(looked_up)
    return changes(looked_up, found, open_unknowns(looked_up, found), nearly_firing(looked_up))


def changes(
    case: View, found: Outcome, unknowns: Iterable[Unknown], nearly: Iterable[tuple[Rule, Condition]]
) -> tuple[Change, ...]:
    """Everything that would change the level, in words and in order: see `what_would_change`.

    `nearly` are the rules, in the order of the table, of which all holds but one condition, and that one.
    """
    answers = list(_answers(case, found, unknowns))
    told = [change for change in answers if change.kind == "answer"]
    told += [*_notes(case, found), *_one_more(case, found, nearly)]
    told += [change for change in answers if change.kind == "screener"]
    return tuple({change.text: change for change in reversed(told)}.values())[::-1]


def nearly_firing(case: View) -> Iterator[tuple[Rule, Condition]]:
    """Each rule of which all holds but one condition, and that condition."""
    for rule in case.policy.rules_at(case.gate):
        missing = [each for each in rule.conditions if not matched(each, case).met]
        if len(missing) == 1:
            yield rule, missing[0]


def immediate_before_form(policy: Policy, sign_id: str, answer: Answer = Answer.NOT_KNOWN) -> bool:
    """Whether the page must show the telephone number first, now that this sign has been chosen.

    `answer` is the answer so far to the sign's own question; only a no holds the number back.

    Raises:
        KeyError: the policy has no such sign.
    """
    sign = policy.sign(sign_id)
    return sign.immediate == "always" or (sign.immediate == "unless" and answer is not Answer.NO)


def _answers(case: View, found: Outcome, unknowns: Iterable[Unknown]) -> Iterator[Change]:
    for unknown in unknowns:
        screener = unknown.kind == "fact" and case.policy.fact(unknown.id).asked_of == "screener"
        kind = "screener" if screener else "answer"
        if unknown.if_yes.rank > found.level.rank:
            yield Change(kind, _if_yes(unknown, case), unknown.if_yes)
        elif unknown.if_no.rank < found.level.rank:
            yield Change(kind, _if_no(unknown), unknown.if_no)


def _if_yes(unknown: Unknown, case: View) -> str:
    then = f"it would be level {unknown.if_yes.code}."
    if unknown.id == "age":
        return f"If the child is younger than was said, {then}"
    if unknown.kind == "duration":
        rules = [case.policy.rule(rule) for rule in unknown.rules]
        months = max(c.lasting for rule in rules for c in rule.conditions if isinstance(c, Signs))
        return f"If these signs have each gone on for {months} months or more, {then}"
    if unknown.kind == "agency":
        return f"If each contact was made by another agency, or by the kind a rule asks about, {then}"
    return f"If the answer to “{unknown.question}” is yes, {then}"


def _if_no(unknown: Unknown) -> str:
    then = f"it would be level {unknown.if_no.code}."
    if unknown.id == "age":
        return f"The child’s age is not certain. For an older child {then}"
    if unknown.kind == "duration":
        return f"It is not certain how long these signs have gone on. If no longer than was said, {then}"
    if unknown.kind == "agency":
        return f"It is not certain who made each contact. If it was none of those a rule asks about, {then}"
    return f"If the answer to “{unknown.question}” is certain to be no, {then}"


def _notes(case: View, found: Outcome) -> Iterator[Change]:
    for seen in case.seen.values():
        for code, words in raise_notes(seen.sign.note):
            level = case.policy.level(code)
            if level.rank > found.level.rank:
                wording = seen.sign.wording.rstrip(".")
                yield Change("sign", f"“{wording}” would be level {code} {words}.", level)


def _one_more(case: View, found: Outcome, nearly: Iterable[tuple[Rule, Condition]]) -> Iterator[Change]:
    for rule, missing in nearly:
        level = _raised_to(rule, case.policy, found)
        if level is None or not isinstance(missing, Signs | Examples | Contacts):
            continue
        how_far = matched(missing, case)
        words = _one_step(missing, how_far, case) if how_far.short == 1 else ""
        if words:
            verb = "a manager would have to consider" if rule.level != level.code else "it would be"
            yield Change("combination", f"With {words}, {verb} level {level.code} (rule {rule.id}).", level)


def _raised_to(rule: Rule, policy: Policy, found: Outcome) -> Level | None:
    """The level above the present answer that a rule would bring, None if it would bring none."""
    codes = [code for code in (rule.level, rule.consider) if code]
    levels = [policy.level(code) for code in codes if policy.level(code).rank > found.level.rank]
    return min(levels, key=lambda level: level.rank) if levels else None


def _one_step(condition: object, how_far: Match, case: View) -> str:
    # A rule that needs only one sign is not "one step away" from anything: any sign would be.
    match condition:
        case Signs(least=least) if least > 1 and how_far.count:
            return _one_more_sign(condition, how_far, case)
        case Examples(sign=sign) if how_far.count:
            return f"one more example of “{case.policy.sign(sign).wording.rstrip('.')}”"
        case Contacts() if how_far.count:
            return _one_more_contact(condition, how_far)
    return ""


def _one_more_sign(condition: Signs, how_far: Match, case: View) -> str:
    kind = " ".join(
        w for w in (f"level {condition.level}" if condition.level else "", _words(condition.of)) if w
    )
    where = " in another part of the child’s life" if how_far.domains < condition.domains else ""
    lasting = f" that has gone on for {condition.lasting} months or more" if condition.lasting else ""
    if not any(_of_kind(condition, sign.id, case) for sign in case.policy.signs if sign.id not in case.seen):
        return ""
    return f"one more {kind} sign{where}{lasting}".replace("  ", " ")


def _of_kind(condition: Signs, sign: str, case: View) -> bool:
    one = case.policy.sign(sign)
    if one.protective or condition.level not in ("", one.level):
        return False
    return not condition.of or in_set(condition.of, sign, one.accumulates, case)


def _one_more_contact(condition: Contacts, how_far: Match) -> str:
    about = f" about {_words(condition.kind)}" if condition.kind else ""
    noun = "entry in the record" if condition.entries else "contact"
    if how_far.count >= condition.least:
        return f"one more {noun}{about} from another agency"
    by = f" from the {_words(condition.agency_kind)}" if condition.agency_kind else ""
    return f"one more {noun}{about}{by} within {condition.months} months"


def _words(name: str) -> str:
    return name.replace("_", " ")
