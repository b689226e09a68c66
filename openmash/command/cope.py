"""`openmash review cope`: how long children would wait, with so many people and so many coming."""

import argparse
import json
from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from openmash.apps.review.coping import (
    NEVER_A_BAR,
    VARIED,
    Coping,
    beginning,
    cope,
    in_short,
    scenario_of,
    season_of,
    what_to_ask_for,
)
from openmash.command.files import Stopped
from openmash.engines.coping import (
    Allocation,
    LogNormal,
    NotPossible,
    Outcome,
    Scenario,
    check_held,
    hold_out,
    learn,
    read_allocations,
)
from openmash.engines.review.areas import ENGLAND, NoSuchArea, find
from openmash.engines.review.tables import published

Subparsers = argparse._SubParsersAction  # argparse keeps the type of its own subparsers private
FAULTS_PRINTED = 20
EARLY_WEEKS = 12


def add_to(does: "Subparsers[argparse.ArgumentParser]") -> None:
    """Add this to the parts of `openmash review`."""
    parser = does.add_parser(
        "cope", help="can we cope: waiting, by how much comes and how many people there are"
    )
    parser.add_argument(
        "--area", default="", help="begin with the published figures of a council, not England’s"
    )
    parser.add_argument("--posts", type=float, help="posts that hold children, full-time equivalents")
    parser.add_argument("--empty", type=float, help="posts with nobody in them, in per cent")
    parser.add_argument("--caseload", type=int, help="how many children one person can hold")
    parser.add_argument("--away", type=float, help="share of time somebody is away, in per cent")
    parser.add_argument("--weekly", type=float, help="children accepted in an average week")
    parser.add_argument("--stay", type=float, help="how long work lasts on average, in days")
    parser.add_argument(
        "--varied", type=float, default=VARIED, help="standard deviation of that over its mean"
    )
    parser.add_argument(
        "--returns", type=float, help="of those whose work ended, how many come back, in per cent"
    )
    parser.add_argument("--held", type=int, help="children held now; the usual number, if left out")
    parser.add_argument("--waiting", type=int, default=0, help="children waiting now")
    parser.add_argument("--month", type=int, default=4, help="the month it begins in, 1 for January")
    parser.add_argument("--weeks", type=int, default=52, help="how far to look")
    parser.add_argument(
        "--data", metavar="CSV", help="your own list, with the days accepted, begun and ended"
    )
    parser.add_argument(
        "--from",
        dest="from_day",
        metavar="DAY",
        type=date.fromisoformat,
        help="learn from this day of the list on, as 2024-04-01; from its first, if left out",
    )
    parser.add_argument(
        "--hold-out", type=int, metavar="WEEKS", help="try it on the last so many weeks of the list"
    )
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same figures")
    parser.add_argument("--most", type=int, default=300_000, help="so many simulated children, for all of it")
    parser.add_argument("--json", action="store_true", help="all of it, for another program")
    parser.set_defaults(do=do_cope)


def do_cope(given: argparse.Namespace) -> int:
    """Print what a team's numbers come to, or whether they would have foreseen its last weeks."""
    try:
        scenario = _scenario(given)
        if given.data:
            allocations = _allocations(Path(given.data))
            if given.hold_out:
                return _hold_out(given, scenario, allocations)
            scenario = _learned(given, scenario, allocations)
        found = cope(scenario, seed=given.seed, most=given.most)
    except (NotPossible, NoSuchArea) as wrong:
        raise Stopped(str(wrong)) from None
    print(json.dumps(_for_programs(found), indent=2) if given.json else _read(found))
    return 0


def _scenario(given: argparse.Namespace) -> Scenario:
    tables = published()
    area = find(list(tables.areas.values()), given.area) if given.area else tables.areas[ENGLAND]
    begin = scenario_of(
        beginning(tables, area), season_of(tables, area), first_month=given.month, varied=given.varied
    )
    team = replace(
        begin.team,
        **_typed(given, posts="posts", caseload="caseload"),
        **{name: value / 100 for name, value in _typed(given, empty="empty", away="away").items()},
    )
    stay = given.stay or begin.demand.stay.mean
    demand = replace(
        begin.demand,
        stay=LogNormal(stay, stay * given.varied),
        **_typed(given, weekly="weekly"),
        **{name: value / 100 for name, value in _typed(given, returns="returns").items()},
    )
    return replace(begin, team=team, demand=demand, held=given.held, waiting=given.waiting, weeks=given.weeks)


def _typed(given: argparse.Namespace, **names: str) -> dict[str, Any]:
    return {
        name: getattr(given, option) for name, option in names.items() if getattr(given, option) is not None
    }


def _allocations(path: Path) -> list[Allocation]:
    try:
        read, faults = read_allocations(path.read_text(encoding="utf-8-sig"))
    except OSError as wrong:
        raise Stopped(f"{path} cannot be read: {wrong.strerror}.") from None
    except UnicodeDecodeError:
        raise Stopped(f"{path} is not UTF-8 text. Save it as CSV UTF-8.") from None
    for fault in faults[:FAULTS_PRINTED]:
        print(f"! {fault}; left out")
    if len(faults) > FAULTS_PRINTED:
        print(f"! and {len(faults) - FAULTS_PRINTED} more rows; left out")
    return read


def _span(given: argparse.Namespace, allocations: list[Allocation]) -> tuple[date, date]:
    every = [day for each in allocations for day in (each.accepted, each.begun, each.ended) if day]
    if given.from_day:
        return given.from_day, max(every)
    first = min(each.accepted for each in allocations)
    weeks = {(each.accepted - first).days // 7 for each in allocations}
    if sum(week in weeks for week in range(EARLY_WEEKS)) < EARLY_WEEKS / 2:
        raise NotPossible(
            f"In most of the first {EARLY_WEEKS} weeks from {first:%-d %B %Y} nobody came, so the list does not seem "
            "whole from there. Say with --from DAY from when on it is."
        )
    return first, max(every)


def _learned(given: argparse.Namespace, scenario: Scenario, allocations: list[Allocation]) -> Scenario:
    first, last = _span(given, allocations)
    learned = learn(allocations, first=first, last=last, returns=scenario.demand.returns)
    check_held(learned, scenario.team)
    return replace(
        scenario,
        demand=learned.demand,
        held=learned.held,
        waiting=learned.waiting,
        first_month=(learned.last + timedelta(days=1)).month,
    )


def _hold_out(given: argparse.Namespace, scenario: Scenario, allocations: list[Allocation]) -> int:
    first, last = _span(given, allocations)
    found = hold_out(
        allocations,
        scenario.team,
        first=first,
        last=last,
        weeks=given.hold_out,
        returns=scenario.demand.returns,
        seed=given.seed,
    )
    print(f"{'':24}{'foreseen':>10}{'four of five':>20}{'was':>8}")
    for each in found:
        between = f"{each.foreseen.from_:.1f} to {each.foreseen.to:.1f}"
        fits = "" if each.fits else "  outside"
        print(f"{each.what:24}{each.foreseen.mean:10.1f}{between:>20}{each.was:8.1f}{fits}")
    print("By luck alone one figure in five lies outside.")
    return 0


def _read(found: Coping) -> str:
    lines = [*in_short(found), what_to_ask_for(found), "", *_table(found.cliff.in_order, found.now)]
    lines += ["", *_table(found.people, found.now), "", f"* as it is; {found.now.runs} runs.", NEVER_A_BAR]
    return "\n".join(lines)


def _table(outcomes: tuple[Outcome, ...], now: Outcome) -> list[str]:
    head = f"  {'posts':>6}{'load':>6}{'a week':>8}{'wait, days':>12}{'95%':>16}{'four of five':>16}{'over 5':>8}"
    rows = [
        f"{'*' if each is now else ' '} {each.scenario.team.posts:6g}{100 * each.scenario.load:6.0f}"
        f"{each.scenario.demand.weekly:8.1f}{each.wait.mean:12.1f}"
        f"{f'{each.wait.low:.1f} to {each.wait.high:.1f}':>16}"
        f"{f'{each.wait.from_:.1f} to {each.wait.to:.1f}':>16}{100 * each.long.mean:7.0f}%"
        for each in outcomes
    ]
    return [head, *rows]


def _for_programs(found: Coping) -> dict[str, Any]:
    return {
        "loads": [_outcome(each, found.now) for each in found.cliff.in_order],
        "people": [_outcome(each, found.now) for each in found.people],
        "says": [*in_short(found), what_to_ask_for(found), NEVER_A_BAR],
    }


def _outcome(each: Outcome, now: Outcome) -> dict[str, Any]:
    figures = {
        name: asdict(getattr(each, name))
        for name in ("wait", "median", "longest_tenth", "long", "waiting", "held", "children")
    }
    return {
        "as_it_is": each is now,
        "posts": each.scenario.team.posts,
        "slots": each.scenario.team.slots,
        "load": each.scenario.load,
        "weekly": each.scenario.demand.weekly,
        "runs": each.runs,
        **figures,
    }
