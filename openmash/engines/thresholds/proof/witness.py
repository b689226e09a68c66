"""From a set of cases to its smallest real case: built, counted again, and put to the plain interpreter.

Nothing found by a proof is shown on the word of the proof. What cannot be built is set aside and the next
smallest sought; what is built and is not judged as the proof said stops everything.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from openmash.engines.thresholds.compiled.columns import (
    Atom,
    Column,
    FactAnswer,
    PastAgencies,
    PastContacts,
    PastEntries,
    PresentFrom,
    SignAnswer,
    SignExamples,
    SignLasting,
    SignMayLast,
    SignSeen,
    UnbornAnswer,
    YoungestAge,
    value_of,
)
from openmash.engines.thresholds.meaning.case import Case, Observation, view
from openmash.engines.thresholds.meaning.examples import AS_OF
from openmash.engines.thresholds.policy.model import Answer, Policy
from openmash.engines.thresholds.proof.answers import Judge, Reply
from openmash.engines.thresholds.proof.diagrams import Diagram, Diagrams
from openmash.engines.thresholds.proof.errors import CircuitDisagrees, NoSuchCase, NotSettled
from openmash.engines.thresholds.proof.past import ANY, Band, past_for, windows_of
from openmash.engines.thresholds.proof.smallest import THING, Told, costs, smallest
from openmash.engines.thresholds.proof.words import case_in_words

MOST_SET_ASIDE = 300
_ANSWERS = tuple(sorted(Answer, key=lambda answer: answer.rank))
_OF_NO_KIND = "another_agency"
_GROWN_UP_ENOUGH = 120


@dataclass(frozen=True)
class Witness:
    """A real case, in words, and what each policy asked says of it."""

    case: Case
    words: str
    replies: tuple[Reply, ...]

    @property
    def reply(self) -> Reply:
        """What the policy says, where only one was asked."""
        return self.replies[0]


@dataclass(frozen=True)
class Pair:
    """Two cases, the second at least as concerning as the first."""

    less: Witness
    more: Witness


Found = TypeVar("Found")


class Finder:
    """Finds the smallest real case of a set of cases.

    `policies` and `judges` stand side by side: one of each for a proof, two for a comparison.
    """

    def __init__(self, diagrams: Diagrams, policies: Sequence[Policy], judges: Sequence[Judge]) -> None:
        self.diagrams = diagrams
        self.policies = policies
        self.judges = judges
        self.price = costs(diagrams)
        columns = {atom.column for atom in diagrams.atoms}
        self._ages = {atom.bound for atom in diagrams.atoms if isinstance(atom.column, YoungestAge)}
        self._agencies = _agencies_asked(columns)
        self._lengths = {column.sign for column in columns if isinstance(column, SignMayLast)}

    def smallest_price(self, cases: Diagram) -> int | None:
        """What the smallest case of a set would cost, built or not."""
        found = smallest(self.diagrams, cases, self.price)
        return found[0] if found else None

    def case(
        self, cases: Diagram, shows: Callable[..., bool], claim: str, *, age_known: bool = True
    ) -> Witness | None:
        """The smallest case of a set, None if there is none; `shows` gets the policies' replies to it.

        Raises:
            CircuitDisagrees: the replies are not what the proof claims.
            NotSettled: no case could be built within the limit of the search.
        """

        def build(told: Told) -> tuple[Witness, Case]:
            found = self._witness(told, age_known=age_known)
            if not shows(*found.replies):
                raise CircuitDisagrees(found.words, claim)
            return found, found.case

        return self._search(cases, build)

    def pair(
        self,
        cases: Diagram,
        change: Mapping[Atom, bool],
        shows: Callable[[Reply, Reply], bool],
        claim: str,
        *,
        age_known_after: bool = True,
    ) -> Pair | None:
        """The smallest case of a set, and the same with some answers changed, if the replies show the claim.

        Raises:
            CircuitDisagrees, NotSettled: as `case` does.
        """

        def build(told: Told) -> tuple[Pair, Case]:
            less = self._witness(told)
            more = self._witness({**told, **change}, age_known=age_known_after)
            if not shows(less.reply, more.reply):
                raise CircuitDisagrees(f"{less.words}; then {more.words}", claim)
            return Pair(less, more), less.case

        return self._search(cases, build)

    def _search(self, cases: Diagram, build: Callable[[Told], tuple[Found, Case]]) -> Found | None:
        best: tuple[int, Found] | None = None
        unsettled = False
        for _ in range(MOST_SET_ASIDE):
            found = smallest(self.diagrams, cases, self.price)
            if found is None or (best and best[0] <= found[0]):
                break
            price, told = found
            try:
                built, case = build(told)
            except NoSuchCase:
                pass
            except NotSettled:
                unsettled = True
            else:
                # "Two or more" contacts may be told where it takes three: a dearer case may then be smaller.
                price += THING * (len(case.past) - contacts_told(told))
                if price == found[0]:
                    return built
                best = min(best or (price, built), (price, built), key=lambda each: each[0])
            past = {atom: yes for atom, yes in told.items() if isinstance(atom.column, _PAST)}
            cases = self.diagrams.without(cases, self.diagrams.exactly(past))
        else:
            unsettled = True
        if best is None and unsettled:
            raise NotSettled("No case could be built, and not every possibility could be tried.")
        return best[1] if best else None

    def _witness(self, told: Told, *, age_known: bool = True) -> Witness:
        case = self._case(told)
        if not age_known:
            case = replace(case, age_months=None)
        self._count_again(case, told)
        replies = tuple(
            judge(as_known_to(policy, case)) for policy, judge in zip(self.policies, self.judges, strict=True)
        )
        fired = {rule for reply in replies for rule in reply.rules}
        words = case_in_words(
            case,
            self.policies,
            ages=self._ages,
            agencies=self._agencies,
            lengths=self._lengths,
            rules=fired,
        )
        return Witness(case, words, replies)

    def _case(self, told: Told) -> Case:
        bands = bands_of(told)
        unborn = _ANSWERS[bands.get(UnbornAnswer(), ANY).low]
        youngest = bands.get(YoungestAge(), Band(_GROWN_UP_ENOUGH, None))
        age = youngest.low if youngest.high is None else youngest.high
        other = next(
            (kind for policy in self.policies for kind in policy.agency_kinds if kind not in self._agencies),
            _OF_NO_KIND,
        )
        present = _present_kind(bands, other)
        past, agency = past_for(bands, other, present)
        facts = {fact.id: Answer.NO for policy in self.policies for fact in policy.facts}
        facts |= {
            column.fact: _ANSWERS[band.low]
            for column, band in bands.items()
            if isinstance(column, FactAnswer)
        }
        return Case(
            as_of=AS_OF,
            observations=tuple(self._observations(bands)),
            facts=facts,
            age_months=(age, age) if unborn is Answer.NO else None,
            unborn=unborn,
            past=past,
            agency=agency,
            agency_kind=present,
        )

    def _observations(self, bands: Mapping[Column, Band]) -> list[Observation]:
        first, *others = self.policies
        grades = {
            grade.rank: grade.id
            for grade in reversed(first.evidence)
            if all(grade.id in other.grades_by_id for other in others)
        }
        return [
            Observation(
                sign=column.sign,
                evidence=grades[band.low],
                immediate_answer=_ANSWERS[bands.get(SignAnswer(column.sign), ANY).low],
                examples=max(bands.get(SignExamples(column.sign), ANY).low, 1),
                lasting_months=months,
            )
            for column, band in bands.items()
            if isinstance(column, SignSeen) and band.low
            for months in _lengths_told(column.sign, bands)
        ]

    def _count_again(self, case: Case, told: Told) -> None:
        for policy in self.policies:
            seen = view(policy, as_known_to(policy, case))
            for atom, yes in told.items():
                if _known_to(policy, atom.column) and atom.holds(value_of(atom.column, seen)) != yes:
                    raise NotSettled(f"A case was built that has another number of {atom.column.name}.")


_PAST = PastContacts | PastEntries | PastAgencies | PresentFrom


def as_known_to(policy: Policy, case: Case) -> Case:
    """The case as a policy can be asked about it: without signs and facts that only another version has."""
    return replace(
        case,
        observations=tuple(seen for seen in case.observations if seen.sign in policy.signs_by_id),
        facts={fact: answer for fact, answer in case.facts.items() if fact in policy.facts_by_id},
    )


def contacts_told(told: Told) -> int:
    """How many earlier contacts there are at least."""
    return max((a.bound for a, yes in told.items() if yes and isinstance(a.column, PastContacts)), default=0)


def bands_of(told: Told) -> dict[Column, Band]:
    """Between which bounds each column lies."""
    lows: dict[Column, int] = {}
    highs: dict[Column, int] = {}
    for atom, yes in told.items():
        column, reached = atom.column, yes != atom.falls
        lows.setdefault(column, 0)
        if reached:
            lows[column] = max(lows[column], atom.bound)
        else:
            highs[column] = min(highs.get(column, atom.bound - 1), atom.bound - 1)
    return {column: Band(low, highs.get(column)) for column, low in lows.items()}


def _lengths_told(sign: str, bands: Mapping[Column, Band]) -> Sequence[int | None]:
    """For how many months a sign is said to have gone on, once or twice; None for somebody who does not say."""
    said, longest = bands.get(SignLasting(sign), ANY), bands.get(SignMayLast(sign), ANY)
    months = max(said.low, longest.low)
    if months and (said.high is None or months <= said.high):
        return [months]
    if longest.low:
        return [said.low, None] if said.low else [None]
    return [0 if longest.high is not None else None]


def _known_to(policy: Policy, column: Column) -> bool:
    match column:
        case SignExamples(sign):
            return sign in policy.signs_by_id and bool(policy.sign(sign).counted_examples)
        case SignSeen(sign) | SignAnswer(sign) | SignLasting(sign) | SignMayLast(sign):
            return sign in policy.signs_by_id
        case FactAnswer(fact):
            return fact in policy.facts_by_id
    return True


def _agencies_asked(columns: Collection[Column]) -> frozenset[str]:
    asked = {column.agency_kind for column in columns if isinstance(column, PresentFrom)}
    return frozenset(
        asked | {w.agency_kind for w in windows_of(dict.fromkeys(columns, ANY)) if w.agency_kind}
    )


def _present_kind(bands: Mapping[Column, Band], other: str) -> str:
    """The kind of agency that makes the present contact: "" where it may be any that is asked about."""
    asked = [column.agency_kind for column in bands if isinstance(column, PresentFrom)]
    may_be = [kind for kind in asked if bands[PresentFrom(kind)].low]
    if len(may_be) > 1:
        return ""
    return may_be[0] if may_be else other
