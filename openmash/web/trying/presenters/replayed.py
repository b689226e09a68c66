"""Past decisions under two versions, in tables and drawings from which nobody can be made out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.dateformat import format as format_date

from openmash.apps.concerns.queries.history import AGE_BANDS, OLDEST, DecidedCase, monday_of
from openmash.engines.statistics.disclosure import FEWEST
from openmash.engines.thresholds import Level, Policy
from openmash.engines.thresholds.plain.names import titled
from openmash.web.trying.looking_back import (
    PERIODS,
    Answers,
    LeftOut,
    Span,
    answers_of,
    by_period,
    crossed,
    grouped,
    span_of,
)
from openmash.web.trying.presenters.charts import Chart, chart
from openmash.web.trying.small_numbers import (
    Count,
    Table,
    parts_shown,
    plain,
    shown_beside,
    steps_shown,
    table_shown,
    together,
)

FEWEST_CASES = 2 * FEWEST
"""Of fewer decisions than this hardly a number could be shown."""

ANOTHER = "Another version’s level"


@dataclass(frozen=True)
class Row:
    """A row of a table: its name, how many cases where that is said, and a cell for each column."""

    name: str
    cases: Count | None
    cells: tuple[str, ...]
    moved: tuple[bool, ...] = ()


@dataclass(frozen=True)
class Counts:
    """A table. `about` says how to read it; `has_hidden` whether something in it is not shown."""

    title: str
    about: str
    first: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    has_hidden: bool = False
    cases_column: str = ""


@dataclass(frozen=True)
class CasesShown:
    """How many decisions, from when to when, over how many weeks, and how old the newest is."""

    count: Count
    enough: bool
    first: date
    last: date
    weeks: int
    newest: str


@dataclass(frozen=True)
class Tables:
    """Everything counted. `same` is how many would not move, "" where that would give somebody away."""

    period: str
    not_asked: tuple[str, ...]
    left_out: tuple[str, ...]
    same: str
    levels: Counts
    flips: Counts
    decided: tuple[Counts, ...]
    charts: tuple[Chart, ...]
    workload: Counts
    groups: tuple[Counts, ...]
    signs: Counts
    rules: Counts


@dataclass(frozen=True)
class ReplayShown:
    """The whole page; without tables where there are too few decisions."""

    cases: CasesShown
    tables: Tables | None


def replay_shown(
    decided: Sequence[DecidedCase], in_force: Policy, draft: Policy, *, today: date
) -> ReplayShown:
    """Everything that is shown of at least one decision."""
    span = span_of(decided)
    enough = len(decided) >= FEWEST_CASES
    of = CasesShown(
        plain(len(decided)), enough, span.first, span.last, span.weeks, _how_old((today - span.last).days)
    )
    return ReplayShown(of, _Looking(decided, in_force, draft, span).tables() if enough else None)


def _how_old(days: int) -> str:
    return "today" if days <= 0 else "yesterday" if days == 1 else f"{days} days ago"


class _Looking:
    """Past decisions with what both versions say of them."""

    def __init__(
        self,
        decided: Sequence[DecidedCase],
        in_force: Policy,
        draft: Policy,
        span: Span,
    ) -> None:
        self.decided, self.span = decided, span
        self.before, self.after = answers_of(decided, in_force), answers_of(decided, draft)
        self.codes = _codes(in_force, draft)
        self.names = {code: _name(code, in_force, draft) for code in self.codes}
        self.place = {code: place for place, code in enumerate(self.codes)}
        # What people decided may be a level that neither version has.
        self.people = [each.level if each.level in self.place else ANOTHER for each in decided]
        before = parts_shown(self._counted(self.before.levels, self.codes))
        after = parts_shown(self._counted(self.after.levels, self.codes), beside=before)
        self.totals = {"before": before, "after": after}
        self.people_codes = [*self.codes, *([ANOTHER] if ANOTHER in self.people else [])]
        self.totals["people"] = parts_shown(self._counted(self.people, self.people_codes))
        self.weeks = self._period_that_fits()

    def tables(self) -> Tables:
        flips = self._flips()
        return Tables(
            period=PERIODS[self.weeks],
            not_asked=tuple(self._not_asked()),
            left_out=tuple(self._left_out()),
            same="" if flips.has_hidden else self._same(),
            levels=self._levels(),
            flips=flips,
            decided=(self._people_beside("before"), self._people_beside("after")),
            charts=tuple(self._charts()),
            workload=self._workload(),
            groups=tuple(each for each in self._groups() if len(each.rows) > 1),
            signs=self._signs(),
            rules=self._rules(),
        )

    def _same(self) -> str:
        pairs = zip(self.before.levels, self.after.levels, strict=True)
        return str(plain(sum(one == other for one, other in pairs)))

    # --- what could not be asked ---

    def _not_asked(self) -> Iterator[str]:
        """What only the draft has: nobody could choose or answer it then."""
        old, new = self.before.policy, self.after.policy
        signs = [id for id in new.signs_by_id if id not in old.signs_by_id]
        facts = [id for id in new.facts_by_id if id not in old.facts_by_id]
        if signs:
            yield f"Nobody could choose {_listed('sign', signs)} then, so no past case has {_them(signs)}."
        if facts:
            asked = "; ".join(new.fact(fact).question for fact in facts)
            yield f"Nobody was asked then, so this counts as not known: {asked}"

    def _left_out(self) -> Iterator[str]:
        for which, answers in (("The version in force", self.before), ("The draft", self.after)):
            found: LeftOut = answers.left_out
            if found.cases:
                yield (
                    f"{which} was asked about {plain(found.cases)} cases without what it does not have: "
                    f"{', '.join(found.what)}."
                )

    # --- levels, and how they move ---

    def _counted(self, levels: Sequence[str], codes: Sequence[str]) -> list[int]:
        return [sum(level == code for level in levels) for code in codes]

    def _levels(self) -> Counts:
        rows = []
        for which, name in (
            ("before", "The version in force says"),
            ("after", "The draft would say"),
            ("people", "People decided"),
        ):
            cells = [_per_week(count, self.span.weeks) for count in self.totals[which]]
            rows.append(Row(name, None, tuple(cells + [""] * (len(self.people_codes) - len(cells)))))
        return Counts(
            "By level",
            "All decisions in this time, rounded to the nearest 5; in brackets how many that is in a week.",
            "Who says",
            tuple(self._column(code) for code in self.people_codes),
            tuple(rows),
            any(count.number is None for counts in self.totals.values() for count in counts),
        )

    def _column(self, code: str) -> str:
        return self.names.get(code, code)

    def _flips(self) -> Counts:
        cells = self._cross(self.before.levels, self.codes, self.after.levels)
        table = table_shown(cells, row_totals=self.totals["before"], column_totals=self.totals["after"])
        return self._two_way(
            "How cases would move",
            "Each row is a level under the version in force, each column a level under the draft. What stands "
            "where both are the same would not move.",
            "Version in force",
            table,
            self.codes,
        )

    def _people_beside(self, which: str) -> Counts:
        answers, name = (
            (self.before, "the version in force") if which == "before" else (self.after, "the draft")
        )
        cells = self._cross(self.people, self.people_codes, answers.levels)
        table = table_shown(cells, row_totals=self.totals["people"], column_totals=self.totals[which])
        return self._two_way(
            f"What people decided, beside {name}",
            f"Each row is a level that people decided, each column the level that {name} gives. People know "
            "more than the signs they chose, so the two need not be the same.",
            "People decided",
            table,
            self.people_codes,
        )

    def _cross(self, rows: Sequence[str], codes: Sequence[str], columns: Sequence[str]) -> list[list[int]]:
        place = {code: number for number, code in enumerate(codes)}
        return crossed(
            [place[each] for each in rows],
            [self.place[each] for each in columns],
            len(codes),
            len(self.codes),
        )

    def _two_way(self, title: str, about: str, first: str, table: Table, codes: Sequence[str]) -> Counts:
        rows = [
            Row(
                self._column(code),
                table.row_totals[number],
                tuple(str(count) for count in table.cells[number]),
                tuple(code != other for other in self.codes),
            )
            for number, code in enumerate(codes)
        ]
        rows.append(Row("All", table.total, tuple(str(count) for count in table.column_totals)))
        columns = tuple(self._column(code) for code in self.codes)
        return Counts(title, about, first, columns, tuple(rows), table.hides, "All")

    # --- over time ---

    def _period_that_fits(self) -> int:
        """The shortest period at which most counts of the version in force are not too small to be shown.

        It is nobody's to choose, and the same for every draft: shorter periods lie within longer ones, and a
        count that is kept back in one could be worked out from the other.
        """
        for weeks in PERIODS:
            counts = [n for row in self._by_period(weeks, self.before)[1] for n in row if n]
            if 2 * sum(n >= FEWEST for n in counts) >= len(counts):
                return weeks
        return max(PERIODS)

    def _by_period(self, weeks: int, answers: Answers) -> tuple[list[date], list[list[int]]]:
        starts, places = by_period(self.decided, weeks)
        levels = [self.place[level] for level in answers.levels]
        return starts, crossed(places, levels, len(starts), len(self.codes))

    @cached_property
    def _over_time(self) -> tuple[list[str], Table, Table]:
        starts, before = self._by_period(self.weeks, self.before)
        _, after = self._by_period(self.weeks, self.after)
        # The latest period is a whole one, so the first begins with the first decision.
        starts[0] = max(starts[0], monday_of(self.span.first))
        return [format_date(start, "j M y") for start in starts], *self._both(before, after)

    def _both(self, before: list[list[int]], after: list[list[int]]) -> tuple[Table, Table]:
        """Tables of the same cases in the same rows under both versions: the totals of rows are the same."""
        one = table_shown(before, column_totals=self.totals["before"])
        other = table_shown(after, column_totals=self.totals["after"], row_totals=one.row_totals, beside=one)
        return one, other

    def _charts(self) -> Iterator[Chart]:
        names, before, after = self._over_time
        for number, code in reversed(list(enumerate(self.codes))):
            lines = [
                ("before", "Version in force", [row[number] for row in before.cells]),
                ("after", "Draft", [row[number] for row in after.cells]),
            ]
            yield chart(
                f"time-{number}",
                self._column(code),
                names,
                lines,
                unit=f"Decisions in each {PERIODS[self.weeks]}",
            )

    def _workload(self) -> Counts:
        names, before, after = self._over_time
        rows = [
            Row(name, before.row_totals[number], _pairs(before.cells[number], after.cells[number]))
            for number, name in enumerate(names)
        ]
        return Counts(
            f"Work in each {PERIODS[self.weeks]}",
            "In each cell first the version in force and then the draft. The first may be shorter than the others.",
            "Beginning",
            tuple(self._column(code) for code in self.codes),
            tuple(rows),
            before.hides or after.hides,
            "Decisions",
        )

    # --- by who, what and which rule ---

    def _groups(self) -> Iterator[Counts]:
        ages = ["Not yet born", *(words for *_, words in AGE_BANDS), OLDEST, "Age not known"]
        yield self._group("By agency", "Agency", lambda each: each.agency)
        yield self._group("By age", "Age", lambda each: each.age, ages)
        yield self._group("By sex", "Sex", lambda each: each.sex)
        yield self._group("By locality", "Locality", lambda each: each.locality)

    def _group(
        self, title: str, first: str, key: Callable[[DecidedCase], str], order: Sequence[str] = ()
    ) -> Counts:
        joined = together(grouped(self.decided, key))
        names = list(dict.fromkeys(joined.values()))
        names.sort(key=lambda name: order.index(name) if name in order else len(order))
        rows = [names.index(joined[key(each)]) for each in self.decided]
        before, after = (
            crossed(rows, [self.place[level] for level in answers.levels], len(names), len(self.codes))
            for answers in (self.before, self.after)
        )
        tables = self._both(before, after)
        return Counts(
            title,
            "",
            first,
            tuple(self._column(code) for code in self.codes),
            tuple(
                Row(
                    name,
                    tables[0].row_totals[number],
                    _pairs(tables[0].cells[number], tables[1].cells[number]),
                )
                for number, name in enumerate(names)
            ),
            any(table.hides for table in tables),
            "Decisions",
        )

    def _signs(self) -> Counts:
        rows, hidden = [], False
        for sign in self.after.policy.signs:
            chosen = [
                n
                for n, each in enumerate(self.decided)
                if any(s.sign == sign.id for s in each.case.observations)
            ]
            if len(chosen) < FEWEST:
                hidden = hidden or bool(chosen)
                continue
            was, would = (
                self._counted([answers.levels[n] for n in chosen], self.codes)
                for answers in (self.before, self.after)
            )
            before = parts_shown(was)
            after = parts_shown(would, beside=before)
            hidden = hidden or any(count.number is None for count in (*before, *after))
            rows.append(Row(f"{sign.id} {sign.wording}", plain(len(chosen)), _pairs(before, after)))
        # By what is shown: the order of exact counts would tell more than the rounded ones.
        rows.sort(key=lambda row: -(row.cases.rounded or 0 if row.cases else 0))
        return Counts(
            "By sign",
            f"Signs chosen in {FEWEST} or more decisions, those chosen most often first. A case with several "
            "signs stands in several rows.",
            "Sign",
            tuple(self._column(code) for code in self.codes),
            tuple(rows),
            hidden,
            "Decisions",
        )

    def _rules(self) -> Counts:
        before, after = (
            {rule: (c.fires, c.decides, c.alone) for rule, c in answers.replayed.by_rule().items()}
            for answers in (self.before, self.after)
        )
        none = (0, 0, 0)
        rows, hidden = [], False
        for rule in dict.fromkeys([*after, *before]):
            was, would = before.get(rule, none), after.get(rule, none)
            if not (was[0] or would[0]):
                continue
            one, other = (steps_shown(len(self.decided), *each) for each in (was, would))
            counts = [one, [shown_beside(*pair) for pair in zip(one, other, strict=True)]]
            hidden = hidden or any(count.number is None for each in counts for count in each)
            named = self.after.policy.rules_by_id.get(rule) or self.before.policy.rules_by_id[rule]
            rows.append(Row(f"{rule} {named.name}", None, _pairs(*counts)))
        return Counts(
            "By rule",
            "How often a rule applies; how often its level is the one that stands; and how often no other rule "
            "comes to that level. Rules that apply to no past case are left out.",
            "Rule",
            ("Applies", "Decides", "Decides alone"),
            tuple(rows),
            hidden,
        )


def _codes(in_force: Policy, draft: Policy) -> list[str]:
    """The levels of both versions, the least serious first."""
    codes = [level.code for level in draft.levels]
    return [*codes, *(level.code for level in in_force.levels if level.code not in codes)]


def _name(code: str, in_force: Policy, draft: Policy) -> str:
    policy = draft if code in draft.levels_by_code else in_force
    level: Level = policy.level(code)
    return titled(level, policy)


def _per_week(count: Count, weeks: int) -> str:
    if count.rounded is None:
        return str(count)
    return f"{count} ({count.rounded / weeks:,.1f})"


def _pairs(before: Sequence[Count], after: Sequence[Count]) -> tuple[str, ...]:
    """ "12 → 15", or only "12" where both are the same."""
    return tuple(
        str(one) if str(one) == str(other) else f"{one} → {other}"
        for one, other in zip(before, after, strict=True)
    )


def _listed(noun: str, ids: Sequence[str]) -> str:
    return f"the {noun}{'s' if len(ids) > 1 else ''} {', '.join(ids)}"


def _them(ids: Sequence[str]) -> str:
    return "them" if len(ids) > 1 else "it"
