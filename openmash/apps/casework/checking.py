"""Whether the pathway is whole: everything reachable, owned, audited and named, and no way that ends in nothing.

Plain text in and out, for the command line and for `docs/pathway.md`. Needs no database.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from openmash.apps.casework.looked_at import not_looked_at
from openmash.apps.casework.meeting_kinds import MEETINGS
from openmash.apps.casework.pathway import EVENTS, MOVES, VERBS, after, moves_from, why_not_go_on
from openmash.apps.casework.stages import MEANINGS, NONE, OFFERS, Stage
from openmash.apps.casework.table.helping import OPENING
from openmash.apps.casework.table.move import Move
from openmash.engines.pathway import Practice, check

ACTIONS = Path(__file__).parent / "actions"


def faults(practice: Practice) -> list[str]:
    """Everything that is wrong with the table, or with a practice beside it; empty if nothing is."""
    sets = set(reachable())
    return [
        *_unreached(sets),
        *_unowned(),
        *_unaudited(),
        *_dead_ends(sets),
        *_says_too_little(),
        *not_looked_at(practice),
        *(
            str(fault)
            for fault in check(practice, stages=list(Stage), events=EVENTS, meetings=list(MEETINGS))
        ),
    ]


def _unreached(sets: set[frozenset[Stage]]) -> Iterator[str]:
    for stage in Stage:
        if not any(stage in each for each in sets):
            yield f"Nothing leads to the stage “{stage}”."
    for move in MOVES:
        if move.before and not any(move.can_begin(each) for each in sets):
            yield f"“{move.event}” can never be done."
    for kind in MEETINGS.values():
        for verb in (kind.call, kind.hold, kind.decide):
            if verb not in VERBS:
                yield f"The meeting “{kind.kind}” speaks of “{verb}”, which is no verb."


def _unowned() -> Iterator[str]:
    for stage in Stage:
        meaning = MEANINGS.get(stage)
        if meaning is None or not (meaning.label and meaning.colour and meaning.owner):
            yield f"The stage “{stage}” has no label, colour or owner."
    for move in MOVES:
        if not move.who:
            yield f"Nobody may do “{move.event}”."


def verbs_written() -> frozenset[str]:
    """Every text that stands in the actions: a verb that is not among them is written down by none."""
    found: set[str] = set()
    for path in ACTIONS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.add(node.value)
    # What a meeting is called, held and decided by is named in the table of meetings.
    return frozenset(
        found | {verb for kind in MEETINGS.values() for verb in (kind.call, kind.hold, kind.decide)}
    )


def _unaudited() -> Iterator[str]:
    for verb in sorted(set(VERBS) - verbs_written()):
        yield f"No action writes “{verb}” into the audit log."
    for verb in VERBS:
        if verb.startswith("see_"):
            yield f"“{verb}” would count as a look: the database asks for an event of doing."


def _dead_ends(sets: set[frozenset[Stage]]) -> Iterator[str]:
    for each in sorted(sets, key=sorted):
        names = ", ".join(sorted(each))
        if not each:
            yield "A way ends with nothing open."
        if Stage.CLOSED in each and len(each) > 1:
            yield f"Closed, and still open: {names}."
        if each == {Stage.TRANSFER}:
            yield "A transfer can be all that is open: nobody helps meanwhile."


def _says_too_little() -> Iterator[str]:
    """Not high risk is not nothing: what ends help, an enquiry or a plan says what goes on or how to come back."""
    for move in MOVES:
        ends = bool(move.closes - {Stage.TRANSFER, Stage.CLOSED})
        if ends and move.opens is None and not move.goes_on:
            yield f"“{move.event}” ends something and says nothing of what goes on."
        if move.opens == Stage.CLOSED and not {"reason", "offer", "way_back", "told"} <= set(move.needs):
            yield f"“{move.event}” ends the work without reason, offer, way back and somebody told."
        if move.lowers and not {"reason"} <= set(move.needs):
            yield f"“{move.event}” asks for less without a reason."


def lines(practice: Practice) -> list[str]:
    """The whole table and what was found, for the command line."""
    sets = reachable()
    found = faults(practice)
    return [
        f"Practice {practice.id} {practice.version}, in force from {practice.in_force_from}. {practice.sign_off}",
        "",
        "Stages",
        *(f"  {stage:<22}{_named(practice, stage)}; {MEANINGS[stage].owner}" for stage in Stage),
        "",
        "Moves: what ends, what begins, what goes on; who",
        *(f"  {move.event:<42}{_way(move)}; {_who(move)}" for move in MOVES),
        "",
        f"{len(sets)} sets of stages can be open together, {len(MOVES)} moves, {len(VERBS)} verbs.",
        *(["", "What must be put right", *(f"  {each}" for each in found)] if found else []),
        "" if found else "Unreachable, unowned, unaudited: none.",
    ]


def _named(practice: Practice, stage: Stage) -> str:
    named = next((each for each in practice.stages if each.stage == stage), None)
    return f"“{named.name}”, lead: {named.lead.replace('_', ' ')}" if named else "not named"


def _way(move: Move) -> str:
    parts = [
        f"ends {_listed(move.closes)}" if move.closes else "",
        f"begins {move.opens.value}" if move.opens else "",
        f"goes on as {_listed(move.goes_on)}" if move.goes_on else "",
    ]
    return ", ".join(part for part in parts if part) or "nothing begins or ends"


def _listed(stages: frozenset[Stage]) -> str:
    return " or ".join(stage.value for stage in Stage if stage in stages)


def _who(move: Move) -> str:
    return ", ".join(sorted(move.who))


# --- the page in docs ---

UP = """```
                        a concern is accepted
          ┌──────────────┬───────┴────────┬──────────────────┐
          ▼              ▼                ▼                  ▼
     early help ──▶ Family Help ──▶ assessment ──▶ strategy discussion ──▶ section 47 enquiry
          ▲              ▲                │              ▲   │                 │       │
          │              │                ▼              │   │ no enquiry:     │       │ conference
          │              └───────  child in need plan ───┘   │ help goes on ◀──┘       ▼
          │                         ▲            │           ▼            initial conference
          └─────────────────────────┘            │      (any help)           │         │
                                                 │                  no plan: │         ▼
        transfer: help goes on here              ▼              help goes on ◀┘  protection plan ◀─┐
        until the other area took over        closed ◀── reason, offer,          │ review: plan ends,│
        (one outside: on its own word)         │         way back, told          ▼ help goes on      │
                                               └──▶ opened again            child in need plan       │
                                                                                                     │
        notice of a plan elsewhere ──▶ held under the plan of another area ──▶ transfer-in conference┘
                                                                                        │ no plan:
                                                                                        ▼ help goes on
```

A child who is not yet born goes the same way: its clocks lead up to the expected date, and the birth starts those of a
child who is born. No clock pauses: no law or guidance that has been read allows it, and a practice that says so is
refused."""


def document(practice: Practice) -> str:
    """`docs/pathway.md`, made from the table and the practice."""
    confirm = "To be confirmed"
    return "\n".join(
        [
            "# The pathway after a concern is accepted",
            "",
            "Made by `./dev openmash pathway --write` from `openmash/apps/casework/pathway.py` and "
            f"`practice/{practice.id}-{practice.version}`; a test keeps it current. Nothing here is edited by hand.",
            "",
            "Several stages of a case may be open at once: help goes on while an enquiry runs. "
            f"{len(reachable())} sets of stages can be open together; from each of them the work can be stepped up "
            "to a strategy discussion and can come to an end.",
            "",
            UP,
            "",
            "## Stages",
            "",
            f"| Stage | Name | Lead | Answers for it | What the family is told | Ground | {confirm} |",
            "|---|---|---|---|---|---|---|",
            *(
                f"| `{each.stage}` | {each.name} | {each.lead.replace('_', ' ')} | "
                f"{MEANINGS[Stage(each.stage)].owner} | {each.told} | {each.ground} | "
                f"{'yes' if each.to_be_confirmed else 'no'} |"
                for each in practice.stages
            ),
            "",
            "## Clocks",
            "",
            f"| What must be done | Stage | Starts | Counted from | Limit | Stops | Pause | Source | {confirm} |",
            "|---|---|---|---|---|---|---|---|---|",
            *(
                f"| {each.must} | `{each.stage}` | {' '.join(f'`{when}`' for when in each.starts_when)} | "
                f"{each.counted_from} | {f'{each.number} ' if each.number else ''}{each.kind.replace('_', ' ')} | "
                f"{' '.join(f'`{when}`' for when in each.stops_when)} | {each.pause_when or 'never'} | "
                f"{each.source} | {'yes' if each.to_be_confirmed else 'no'} |"
                for each in practice.clocks
            ),
            "",
            "## Who must be at the table",
            "",
            "| Meeting | Needed | Agencies | Applies | Source |",
            "|---|---|---|---|---|",
            *(
                f"| {MEETINGS[each.meeting].label} | {each.needed} | {', '.join(sorted(each.agency_kinds))} | "
                f"{'always' if each.always else 'unless it is said why not'} | {each.source} |"
                for each in practice.quorum
            ),
            "",
            "## Moves",
            "",
            "| Move | What it is | While one of these is open | Ends | Begins | Goes on as | Who | Needs |",
            "|---|---|---|---|---|---|---|---|",
            *(
                f"| `{move.event}` | {move.words} | {_cells(move.before)} | {_cells(move.closes)} | "
                f"{_cells(frozenset({move.opens}) if move.opens else frozenset())} | {_cells(move.goes_on)} | "
                f"{_who(move)} | {', '.join(move.needs).replace('_', ' ') or 'nothing'} |"
                for move in MOVES
            ),
            "",
            f"Offers that may be begun by naming them as what goes on: {_cells(OFFERS)}.",
            "",
        ]
    )


def _cells(stages: frozenset[Stage]) -> str:
    return ", ".join(f"`{stage.value}`" for stage in Stage if stage in stages)


def reachable() -> dict[frozenset[Stage], tuple[str, ...]]:
    """Every set of stages that can be open together, with the shortest way there (verbs with outcomes)."""
    found: dict[frozenset[Stage], tuple[str, ...]] = {}
    waiting: list[tuple[frozenset[Stage], tuple[str, ...]]] = [
        (after(move, NONE), (move.event,)) for move in OPENING
    ]
    while waiting:
        stages, way = waiting.pop(0)
        if stages in found:
            continue
        found[stages] = way
        waiting += [(then, (*way, event)) for event, then in _next(stages)]
    return found


def _next(stages: frozenset[Stage]) -> Iterator[tuple[str, frozenset[Stage]]]:
    for verb in VERBS:
        for move in moves_from(verb, stages):
            options = [each for each in sorted(move.goes_on) if not why_not_go_on(move, each, stages)]
            for goes_on in options if move.goes_on else ["", *sorted(move.puts_back)]:
                yield move.event, after(move, stages, goes_on)
