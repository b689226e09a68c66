"""From texts to a `Guide`, or every fault in them."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from openmash.dated_texts import Fault, Faults, Row, did_you_mean, digest, gather, header, rows, said_twice
from openmash.engines.sharing.guide import (
    ANSWERS,
    FILES,
    GROUNDS,
    HEADER,
    LINES,
    OUTCOME,
    OUTCOMES,
    PROMISES,
    QUESTIONS,
    RULES,
    WHO,
    WORRY,
    Choice,
    Condition,
    Ground,
    Guide,
    Line,
    Outcome,
    Promise,
    Question,
    Rule,
)

COLUMNS = {
    QUESTIONS: ("question", "title", "hint", "asked_when"),
    ANSWERS: ("question", "answer", "label", "hint"),
    OUTCOMES: ("outcome", "reach", "shares", "heading", "says"),
    RULES: ("rule", "when", "outcome", "grounds", "why"),
    LINES: ("kind", "when", "line"),
    GROUNDS: ("ground", "name", "plain", "holds_for", "source", "to_be_confirmed"),
    PROMISES: ("promise", "when", "outcomes", "words"),
}
KINDS_OF_LINE = ("record", "how")
FARTHEST = 5

Vocabulary = Mapping[str, Collection[str]]
"""What may be answered to each question."""


def parse(source: Path | Mapping[str, str]) -> Guide:
    """The guide in a folder, or in texts by file name.

    Raises:
        Faults: everything that is wrong with it, by file and row, each with what to write instead.
    """
    texts = gather(source, FILES)
    faults: list[Fault] = []
    top = header(HEADER, texts[HEADER], faults)
    tables = {name: list(rows(name, texts[name], COLUMNS[name], faults)) for name in COLUMNS}
    if faults:
        raise Faults(faults)
    choices = _choices(tables[ANSWERS])
    answers: dict[str, list[str]] = {
        asked: [each.id for each in offered] for asked, offered in choices.items()
    }
    outcomes = tuple(map(_outcome, tables[OUTCOMES]))
    names = [outcome.id for outcome in outcomes]
    grounds = tuple(_ground(row, answers.get(WHO, ())) for row in tables[GROUNDS])
    known = [ground.id for ground in grounds]
    questions = tuple(_questions(tables[QUESTIONS], choices, answers))
    rules = tuple(_rule(row, answers, names, known) for row in tables[RULES])
    lines = tuple(_line(row, {**answers, OUTCOME: names}) for row in tables[LINES])
    promises = tuple(_promise(row, answers, names) for row in tables[PROMISES])
    faults += _answered_to_nothing(tables[ANSWERS], questions)
    faults += said_twice(QUESTIONS, "question", [each.id for each in questions])
    faults += said_twice(OUTCOMES, "outcome", names)
    faults += said_twice(RULES, "rule", [each.id for each in rules])
    faults += said_twice(GROUNDS, "ground", known)
    faults += _shape(questions, rules)
    if faults:
        raise Faults.in_order(faults, FILES)
    return Guide(
        id=top.id,
        version=top.version,
        title=top.title,
        in_force_from=top.in_force_from,
        sign_off=top.sign_off,
        questions=questions,
        outcomes=outcomes,
        rules=rules,
        lines=lines,
        grounds=grounds,
        promises=promises,
        digest=digest(texts),
    )


def _choices(table: list[Row]) -> dict[str, list[Choice]]:
    choices: dict[str, list[Choice]] = {}
    for row in table:
        offered = choices.setdefault(row.name("question"), [])
        choice = Choice(row.name("answer"), row.needed("label"), row.cells["hint"])
        if choice.id in [each.id for each in offered]:
            row.fault(f"“{choice.id}” stands there twice.", "Every answer to a question once.")
        offered.append(choice)
    return choices


def _questions(
    table: list[Row], choices: Mapping[str, list[Choice]], answers: Vocabulary
) -> Iterator[Question]:
    earlier: list[str] = []
    for row in table:
        name = row.name("question")
        if name not in choices:
            row.fault(f"Nothing can be answered to “{name}”.", f"Add rows for it to {ANSWERS}.")
        asked_when = _condition(row, "asked_when", {each: answers.get(each, ()) for each in earlier})
        yield Question(name, row.needed("title"), row.cells["hint"], asked_when, tuple(choices.get(name, ())))
        earlier.append(name)


def _condition(row: Row, column: str, answers: Vocabulary) -> Condition:
    """Such as `worry: harm danger; family: refused`."""
    fits: dict[str, frozenset[str]] = {}
    for part in filter(None, (piece.strip() for piece in row.cells[column].split(";"))):
        question, colon, words = (each.strip() for each in part.partition(":"))
        if not colon or not words:
            row.fault(f"“{part}” is no condition.", "Write it like this: worry: harm danger; family: refused")
            continue
        if question not in answers:
            hint = did_you_mean(question, answers) if answers else "The first question has no condition."
            row.fault(f"“{question}” is not asked before this.", hint)
            continue
        if question in fits:
            row.fault(f"“{question}” stands there twice.", "Put all its answers behind one colon.")
        for word in words.split():
            if word not in answers[question]:
                said = f"“{word}” is no answer to “{question}”."
                row.fault(said, did_you_mean(word, answers[question]))
        fits[question] = frozenset(words.split())
    return Condition(fits)


def _outcome(row: Row) -> Outcome:
    return Outcome(
        row.name("outcome"),
        row.whole_number("reach", 0, FARTHEST),
        row.yes_no("shares"),
        row.needed("heading"),
        row.needed("says"),
    )


def _ground(row: Row, groups: Collection[str]) -> Ground:
    return Ground(
        row.name("ground"),
        row.needed("name"),
        row.needed("plain"),
        _among(row, "holds_for", groups),
        row.needed("source"),
        row.yes_no("to_be_confirmed"),
    )


def _among(row: Row, column: str, known: Collection[str]) -> frozenset[str]:
    for word in row.words(column):
        if word not in known:
            row.fault(f"There is no “{word}” for “{column}”.", did_you_mean(word, known))
    return frozenset(row.words(column))


def _rule(row: Row, answers: Vocabulary, outcomes: list[str], grounds: list[str]) -> Rule:
    named = tuple(row.cells["grounds"].split())
    for ground in named:
        if ground not in grounds:
            row.fault(f"There is no ground “{ground}”.", did_you_mean(ground, grounds))
    return Rule(
        row.needed("rule"),
        _condition(row, "when", answers),
        row.choice("outcome", outcomes),
        named,
        row.needed("why"),
    )


def _line(row: Row, answers: Vocabulary) -> Line:
    return Line(row.choice("kind", KINDS_OF_LINE), _condition(row, "when", answers), row.needed("line"))


def _promise(row: Row, answers: Vocabulary, outcomes: list[str]) -> Promise:
    return Promise(
        row.needed("promise"),
        _condition(row, "when", answers),
        _among(row, "outcomes", outcomes),
        row.needed("words"),
    )


def _answered_to_nothing(table: list[Row], questions: tuple[Question, ...]) -> Iterator[Fault]:
    asked = [question.id for question in questions]
    for row in table:
        if row.cells["question"] not in asked:
            said = f"There is no question “{row.cells['question']}”."
            yield Fault(ANSWERS, row.number, said, did_you_mean(row.cells["question"], asked))


def _shape(questions: tuple[Question, ...], rules: tuple[Rule, ...]) -> Iterator[Fault]:
    for needed in (WHO, WORRY):
        found = [question for question in questions if question.id == needed]
        if not found or found[0].asked_when.fits:
            said = f"The question “{needed}” must be there and always be asked."
            yield Fault(QUESTIONS, None, said, "Add it, with nothing under “asked_when”.")
    if not rules or rules[-1].when.fits:
        said = "The last rule has a condition, so that somebody could be left without an answer."
        yield Fault(RULES, None, said, "Add a last row with nothing under “when”.")
