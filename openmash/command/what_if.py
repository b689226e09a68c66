"""`openmash review what-if`: what a draft, or one number moved, would have made of a table of decided cases."""

import argparse
from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from openmash.apps.review.what_if import (
    BOTH_WAYS,
    NOBODY_LOWER,
    TOO_FEW_TO_FOLLOW,
    at_stake_says,
    missed_says,
)
from openmash.command.files import Stopped, policy_from, population_from
from openmash.engines.review.what_if import NONE_KNOWN, Aftermath, Closed, Found, what_if
from openmash.engines.thresholds import Policy, PolicyErrors
from openmash.engines.thresholds.replay import (
    Label,
    Population,
    Replayed,
    flips,
    knobs,
    replay_together,
    varied,
)
from openmash.engines.thresholds.replay.errors import CannotReplay

Subparsers = argparse._SubParsersAction  # argparse keeps the type of its own subparsers private
CLOSED = {"": Closed.NOT_KNOWN, "yes": Closed.YES, "no": Closed.NO}
FOUND = {
    "": Found.NOT_KNOWN,
    "protection": Found.PROTECTION,
    "help": Found.HELP,
    "nothing_more": Found.NOTHING_MORE,
}
CAME_AFTER = ("closed", "found", "serious_after", "followed")
ABOUT = """\
The table has a row for each decided case, with a column for each thing that the rules look at, as it was known at the
decision (`openmash thresholds columns` lists them). What came after stands in four more columns: closed (yes, no, or
empty for not known), found (protection, help, nothing_more, or empty), serious_after (days to the first section 47
enquiry or plan, or empty), followed (for how many days that would have been known). A column week counts the work.
"""


def add_to(does: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add this to the parts of `openmash review`."""
    parser = does.add_parser(
        "what-if",
        help="what another bar would have made of decided cases",
        description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("in_force", metavar="IN_FORCE", help="the policy in force: a folder, or a workbook")
    parser.add_argument("--cases", required=True, metavar="CSV", help="one row a decided case")
    other = parser.add_mutually_exclusive_group(required=True)
    other.add_argument("--policy", metavar="FOLDER", help="the draft")
    other.add_argument("--move", metavar="NUMBER=VALUE", help="one number moved, such as C3.0.least=4")
    parser.add_argument(
        "--by", metavar="COLUMN", action="append", default=[], help="who would move, by this label"
    )
    parser.add_argument(
        "--exact", action="store_true", help="counts as they are, small ones and all; not for sharing"
    )
    parser.set_defaults(do=do_what_if)


def do_what_if(given: argparse.Namespace) -> int:
    """Print who would move, by which rule, what came after, and the work of a week."""
    in_force = policy_from(given.in_force)
    draft = policy_from(given.policy) if given.policy else _moved(in_force, given.move)
    shown = str if given.exact else _kept_back
    try:
        population = population_from(given.cases, in_force, draft)
        before, after = replay_together(population, [in_force, draft])
        for line in _lines(population, before, after, given.by, shown):
            print(line)
    except CannotReplay as wrong:
        raise Stopped(str(wrong)) from None
    return 0


def _moved(policy: Policy, text: str) -> Policy:
    name, _, value = text.partition("=")
    knob = next((each for each in knobs(policy) if each.name == name), None)
    if knob is None:
        raise Stopped(f"No number is called “{name}”. `openmash thresholds sweep` lists them.")
    try:
        return varied(policy, knob, int(value) if isinstance(knob.now, int) and value.isdecimal() else value)
    except PolicyErrors as wrong:
        raise Stopped("\n".join(str(each) for each in wrong)) from None
    except CannotReplay as wrong:
        raise Stopped(str(wrong)) from None


def _kept_back(count: int) -> str:
    return "<5" if 0 < count < 5 else f"{5 * round(count / 5):,}"


Say = Callable[[int], str]


def _lines(
    population: Population, before: Replayed, after: Replayed, by: Sequence[str], say: Say
) -> Iterator[str]:
    yield f"{say(population.count)} decided cases. From level, to level:"
    yield from (
        f"  {one} → {other}  {say(n)}"
        for (one, other), n in flips(before, after).items()
        if n and one != other
    )
    ups, downs = after.ranks() > before.ranks(), after.ranks() < before.ranks()
    for label in by:
        yield f"By {label}: higher, lower, of all"
        yield from _by(population.label(label), ups, downs, say)
    yield "By rule, those put higher and lower: the rule decides under the draft, or did under the version in force"
    yield from _by_rule(population, before, after, ups, downs, say)
    yield ""
    yield from _came_after(population, before, after, say)
    if "week" in population.labels:
        yield from _work(population, before, after)


def _by(label: Label, ups: NDArray[np.bool_], downs: NDArray[np.bool_], say: Say) -> Iterator[str]:
    names = len(label.names)
    counts = [np.bincount(label.codes[which], minlength=names) for which in (ups, downs)]
    every = np.bincount(label.codes, minlength=names)
    for place, name in enumerate(label.names):
        cells = [say(int(each[place])) for each in (*counts, every)]
        yield f"  {name or 'not known'}: {', '.join(cells)}"


def _by_rule(
    population: Population,
    before: Replayed,
    after: Replayed,
    ups: NDArray[np.bool_],
    downs: NDArray[np.bool_],
    say: Say,
) -> Iterator[str]:
    for replayed, which, words in ((after, ups, "higher by"), (before, downs, "lower, without")):
        for rule in replayed.policy.rules_at(replayed.gate):
            if rule.level:
                decides = population.unpacked(
                    replayed.rules[rule.id] & replayed.exactly(replayed.policy.level(rule.level))
                )
                count = int(np.count_nonzero(decides & which))
                if count:
                    yield f"  {words} {rule.id} {rule.name}: {say(count)}"


def _came_after(population: Population, before: Replayed, after: Replayed, say: Say) -> Iterator[str]:
    missing = [name for name in CAME_AFTER if name not in population.labels]
    if missing:
        yield f"What came after is not known: the table has no {', no '.join(missing)}."
        return
    found = what_if(before.ranks().astype(np.int32), after.ranks().astype(np.int32), _aftermath(population))
    missed, stake = found.missed, found.at_stake
    yield (
        missed_says(say(missed.followed), say(missed.later), missed.horizon)
        if missed.horizon
        else TOO_FEW_TO_FOLLOW
    )
    yield (
        at_stake_says(say(stake.cases), say(stake.protection), say(stake.help), say(stake.not_known))
        if stake.cases
        else NOBODY_LOWER
    )
    yield BOTH_WAYS


def _aftermath(population: Population) -> Aftermath:
    def read(name: str, word: Callable[[str], int]) -> NDArray[np.int32]:
        label = population.label(name)
        try:
            values = np.array([word(each.strip().lower()) for each in label.names], dtype=np.int32)
        except (KeyError, ValueError) as wrong:
            raise Stopped(f"The column “{name}” holds something it cannot: {wrong}.") from None
        return values[label.codes]

    return Aftermath(
        closed=read("closed", lambda word: CLOSED[word]),
        found=read("found", lambda word: FOUND[word]),
        serious_after=read("serious_after", lambda word: int(word) if word else NONE_KNOWN),
        followed=read("followed", lambda word: int(word) if word else 0),
    )


def _work(population: Population, before: Replayed, after: Replayed) -> Iterator[str]:
    weeks = len(population.label("week").names)
    work = [5 * round(_working(each) / 5) / weeks for each in (before, after)]
    yield ""
    yield (
        f"Work that would follow: {work[0]:.1f} a week under the version in force, {work[1]:.1f} under the draft. "
        f"Can we cope with it: openmash review cope --weekly {work[1]:.1f}"
    )


def _working(replayed: Replayed) -> int:
    closing = {way.level for way in replayed.policy.pathways if way.closes}
    return sum(count for code, count in replayed.by_level().items() if code not in closing)
