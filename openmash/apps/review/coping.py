"""A team to begin with, from published figures; and a run of it, in words that say what to do with the answer."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from openmash.apps.review.months import months
from openmash.engines.coping import (
    Cliff,
    Demand,
    LogNormal,
    NotPossible,
    Outcome,
    Scenario,
    Team,
    cliff,
    fewest_children,
    runs_within,
    with_people,
)
from openmash.engines.coping.inputs import DAYS_IN_YEAR
from openmash.engines.review.areas import ENGLAND, Area
from openmash.engines.review.tables import Tables

TEAM_POSTS = 10
ABOVE_AVERAGE = Decimal("1.2")
"""How far above the published average caseload the limit of the beginning stands. A round guess, and said to be."""
VARIED = 1.25
"""Standard deviation of lengths over their mean, to begin with. As where a third of all work ends with an assessment
of about 40 days and the rest lasts 9 months on average, itself log-normal. Not published: an assumption, and named."""
CHILDREN_AT_MOST = 75_000
"""So many simulated children for one answer: about three seconds of a processor."""

CHILDREN_REFUSED = 500_000
"""A page that would need more than this, however few its runs, is refused: about twenty seconds of a processor."""
LOAD_REFUSED = 2


@dataclass(frozen=True)
class Beginning:
    """Published figures of an area turned into a team of ten posts. Percentages in per cent.

    `average` is the published caseload, `year` that of the tables, `missing` what was taken from England instead.
    """

    area: Area
    year: int
    posts: int
    average: Decimal
    caseload: int
    empty: Decimal
    away: Decimal
    weekly: Decimal
    stay: int
    returns: Decimal
    missing: tuple[str, ...] = ()


NEEDED = (
    ("referrals", "referral_count"),
    ("referrals", "no_further_action_count"),
    ("referrals", "rereferral_percent"),
    ("workforce", "cases"),
    ("workforce", "case_holders_fte"),
    ("workforce", "caseload_fte"),
    ("workforce", "vacancy_fte"),
    ("workforce", "agency_cover_fte"),
    ("workforce", "inpost_fte"),
    ("workforce", "absence_rate_fte"),
)


def beginning(tables: Tables, area: Area) -> Beginning:
    """The latest published figures of an area; all of them England's where one that is needed was not published."""
    year = tables.tables["workforce"].years[-1]
    found = _figures(tables, area.code, year)
    missing = tuple(column for table, column in NEEDED if column not in found)
    figures = _figures(tables, ENGLAND, year) if missing else found
    started = figures["referral_count"] - figures["no_further_action_count"]
    people = figures["case_holders_fte"]
    posts = figures["inpost_fte"] + figures["vacancy_fte"]
    empty = max(Decimal(0), figures["vacancy_fte"] - figures["agency_cover_fte"]) / posts
    held = figures["cases"]
    return Beginning(
        area,
        year,
        TEAM_POSTS,
        figures["caseload_fte"],
        int((figures["caseload_fte"] * ABOVE_AVERAGE).to_integral_value(ROUND_HALF_UP)),
        _tenths(empty * 100),
        _tenths(figures["absence_rate_fte"]),
        _tenths(started / 52 / people * TEAM_POSTS * (1 - empty)),
        int(held / started * Decimal(DAYS_IN_YEAR)),
        _tenths(figures["rereferral_percent"]),
        missing,
    )


def _figures(tables: Tables, code: str, year: int) -> dict[str, Decimal]:
    cells = {column: tables.cell(table, column, code, year) for table, column in NEEDED}
    return {column: cell for column, cell in cells.items() if isinstance(cell, Decimal)}


def _tenths(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"), ROUND_HALF_UP)


def season_of(tables: Tables, area: Area) -> tuple[float, ...]:
    """January to December, how many times an average month each is; England's where the area has none."""
    found = months(tables, area) or months(tables, tables.areas[ENGLAND])
    usual = (found.usual or found.england_usual) if found else ()
    from_january = (*usual[9:], *usual[:9]) if len(usual) == 12 else (1.0,) * 12
    average = sum(from_january) / 12
    return tuple(each / average for each in from_january)


def scenario_of(
    begin: Beginning, season: tuple[float, ...], *, first_month: int, varied: float = VARIED
) -> Scenario:
    """The team to begin with, as it is simulated."""
    team = Team(begin.posts, begin.caseload, float(begin.empty) / 100, float(begin.away) / 100)
    stay = LogNormal(begin.stay, begin.stay * varied)
    demand = Demand(float(begin.weekly), stay, float(begin.returns) / 100, season)
    return Scenario(team, demand, first_month=first_month)


@dataclass(frozen=True)
class Coping:
    """What a team's scenario comes to: at each load, and with people more or fewer (the team as it is among them)."""

    cliff: Cliff
    people: tuple[Outcome, ...]

    @property
    def now(self) -> Outcome:
        return self.cliff.as_it_is


def check_worth_a_page(scenario: Scenario) -> None:
    """Whether somebody can wait for this.

    Raises:
        NotPossible: it needs no simulation, or one that is too long.
    """
    if scenario.load > LOAD_REFUSED:
        raise NotPossible(
            "More than twice as much comes as can be held: no simulation is needed to see that the wait grows for as "
            "long as it lasts. Ask for people."
        )
    if fewest_children(scenario) > CHILDREN_REFUSED:
        raise NotPossible(
            "So many children are too many to simulate while you wait. Look less far, or at one team at a time, or "
            "see whether work really lasts so few days."
        )


def cope(scenario: Scenario, *, seed: int = 0, most: int = CHILDREN_AT_MOST) -> Coping:
    """Simulate a scenario, other loads, and other numbers of people, within about `most` children altogether."""
    runs = runs_within(scenario, most)
    found = cliff(scenario, seed=seed, runs=runs)
    others = with_people(scenario, seed=seed, runs=runs)
    people = sorted((*others, found.as_it_is), key=lambda each: each.scenario.team.posts)
    return Coping(found, tuple(people))


# --- words ---

NEVER_A_BAR = (
    "Too few people is a reason to ask for people. It is never a reason for a level: a child whose need meets the "
    "threshold meets it however many are waiting, and what cannot be offered in time is written down as just that."
)


def days(number: float) -> str:
    """`0.7 days`, `12 days`; `less than a tenth of a day` for hardly anything."""
    if number < 0.05:
        return "less than a tenth of a day"
    return f"{number:.1f} days" if number < 10 and number != int(number) else f"{number:,.0f} days"


def share(number: float) -> str:
    """`3 in 100`, `fewer than 1 in 100`."""
    return "fewer than 1 in 100" if 0 < number < 0.01 else f"{100 * number:.0f} in 100"


def in_short(coping: Coping) -> tuple[str, ...]:
    """What was found, in three or four sentences: load, wait, luck, and whether it settles."""
    now = coping.now
    load = 100 * now.scenario.load
    said = [
        f"For every 100 children the team can hold there is work for {load:.0f}.",
        f"On average a child waits {days(now.wait.mean)} for somebody to take the work, and {share(now.long.mean)} "
        f"wait longer than {days(now.scenario.long_wait)}.",
        f"No two years are alike: in four of five simulated ones the average wait was from {days(now.wait.from_)} "
        f"to {days(now.wait.to)}.",
    ]
    if now.scenario.load >= 1:
        said.append(
            "More comes than can be held: the wait does not settle, it grows for as long as this lasts."
        )
    return tuple(said)


def what_to_ask_for(coping: Coping, within: float = 2.0) -> str:
    """How many more posts bring the average wait within so many days, of those that were tried."""
    now = coping.now.scenario.team.posts
    enough = next((each for each in coping.people if each.wait.mean <= within), None)
    if enough is None:
        most = coping.people[-1].scenario.team.posts
        return f"Even {_posts(most - now)} more would not bring the average wait to {days(within)}."
    if enough.scenario.team.posts <= now:
        return f"With the people there are, the average wait stays within {days(within)}."
    empty = coping.now.scenario.team.empty
    as_now = f", {share(empty)} of all posts empty as now," if empty else ""
    more = _posts(enough.scenario.team.posts - now)
    return f"With {more} more{as_now} the average wait would be {days(enough.wait.mean)}."


def _posts(number: float) -> str:
    return f"{number:g} post{'s' if number != 1 else ''}"
