"""How far the work went, for whom: what is counted, what is set beside what, and what is never said."""

from datetime import date, timedelta
from typing import Any

import numpy as np

from openmash.apps.review.local.review import local
from openmash.apps.review.sheets import Sheet
from openmash.engines.review.local.history import History
from openmash.engines.review.local.stages import reached
from tests.engines.review.local.invented import small_history

DAY = date(2024, 6, 3)
WENT_ON = "Went on to help or assessment"


def concern(number: int, **said: Any) -> dict[str, Any]:
    return {
        "contact": f"k{number}", "child": f"c{number}", "received_on": DAY, "decided_on": DAY, "age_months": 100,
        "agency_kind": "police", **said,
    }  # fmt: skip


def sheet(history: History, name: str) -> Sheet:
    return next(each for each in local(history, replications=5).sheets if each.name == name)


def rows(found: Sheet, stage: str) -> dict[Any, tuple[Any, ...]]:
    return {row[1]: row[2:] for row in found.rows if row[0] == stage}


def test_how_far_each_concern_went_by_what_came_of_it_and_not_of_another() -> None:
    after = DAY + timedelta(40)
    contacts = [
        concern(0, closed_at_door=True),
        concern(1, closed_at_door=False),
        concern(2, closed_at_door=False),
        concern(3),
        concern(4, closed_at_door=True, child="c3", received_on=after),
        concern(5, closed_at_door=False, received_on=date(2026, 1, 1)),
    ]
    events = [
        {"child": "c0", "on": after, "kind": "plan"},
        {"child": "c1", "on": after, "kind": "enquiry"},
        {"child": "c2", "on": DAY + timedelta(300), "kind": "plan"},
        {"child": "c3", "on": after + timedelta(1), "kind": "assessed", "contact": "k3"},
        {"child": "c3", "on": after + timedelta(1), "kind": "plan"},
    ]
    history = small_history(contacts, events)
    database = history.opened()
    history = History(**{**vars(history), "has": history.has | {"assessed_on", "enquiry_on", "plan_on"}})
    found = reached(database, history)
    assert found.stages == ("went_on", "assessed", "enquiry", "plan")
    order = dict(
        zip(sorted(range(5), key=lambda n: (contacts[n]["received_on"], n)), found.stage, strict=True)
    )
    assert order == {0: 0, 1: 3, 2: 1, 3: 2, 4: 0}, "closed stays closed; late is late; too new is not in it"


def test_what_is_not_known_is_a_group_of_its_own_and_unknown_outcomes_are_nobodys_no() -> None:
    contacts = [concern(n, closed_at_door=(None, True, False)[n % 3]) for n in range(600)]
    children = [{"child": f"c{n}", "sex": ("female", "male", None)[n // 200]} for n in range(600)]
    found = sheet(small_history(contacts, children=children), "fairness-sex")
    went_on = rows(found, WENT_ON)
    assert list(went_on) == ["Female", "Male", "Not known"]
    for of, came, share, others, *_ in went_on.values():
        assert (
            (of, came) in {(135, 65), (130, 65), (135, 70)}
            and share in (48, 50, 52)
            and others in (48, 50, 51, 52)
        )
    unknown = rows(found, "Not known how far")
    assert {row[:2] for row in unknown.values()} == {(200, 65)}


def mixed(number: int) -> dict[str, Any]:
    """Girls are mostly told of by schools, of whose concerns fewer go on; within each nothing differs."""
    girl = number < 1_000
    school = number % 10 < (9 if girl else 1)
    return concern(
        number,
        agency_kind="school" if school else "police",
        closed_at_door=number // 10 % 10 >= (2 if school else 6),
    )


def test_a_difference_that_comes_of_who_referred_stands_beside_one_among_those_alike() -> None:
    children = [{"child": f"c{n}", "sex": "female" if n < 1_000 else "male"} for n in range(2_000)]
    found = sheet(small_history([mixed(n) for n in range(2_000)], children=children), "fairness-sex")
    girls = rows(found, WENT_ON)["Female"]
    of, _, share, others, plain, low, high, alike, least, most = girls
    assert (of, share, others, plain) == (1_000, 24, 56, -32) and -40 < low < high < -25
    assert alike == 0 and least < 0 < most


def test_where_nobody_is_alike_there_is_no_figure_and_none_of_few() -> None:
    contacts = [concern(n, age_months=20 + 50 * (n % 2), closed_at_door=n % 3 == 0) for n in range(400)]
    children = [{"child": f"c{n}", "sex": "female" if n % 2 else "male"} for n in range(400)]
    female = rows(sheet(small_history(contacts, children=children), "fairness-sex"), WENT_ON)["Female"]
    assert female[4] is not None and female[7:] == (None, None, None)
    few = rows(
        sheet(small_history(contacts[:60], children=children[:60]), "fairness-sex"),
        WENT_ON,
    )
    assert all(row[2:] == (None,) * 8 for row in few.values())


def test_the_main_need_is_no_reason_for_having_gone_on() -> None:
    """Only what went on has a need on record: alike by need, everybody would have gone on."""
    contacts = [mixed(n) for n in range(2_000)]
    for each in contacts:
        each["need"] = None if each["closed_at_door"] else "N1"
    children = [{"child": f"c{n}", "sex": "female" if n < 1_000 else "male"} for n in range(2_000)]
    with_need = sheet(small_history(contacts, children=children), "fairness-sex")
    without = sheet(small_history([mixed(n) for n in range(2_000)], children=children), "fairness-sex")
    assert rows(with_need, WENT_ON) == rows(without, WENT_ON)


def test_no_count_of_one_to_five_is_in_it_whatever_the_groups() -> None:
    draw = np.random.default_rng(7)
    kinds = np.array(
        ["White British", "Black", "Asian", "Gypsy, Roma or Irish Traveller", None], dtype=object
    )
    contacts = [
        concern(n, closed_at_door=bool(draw.random() < 0.6), age_months=int(draw.integers(0, 215)))
        for n in range(900)
    ]
    children = [
        {"child": f"c{n}", "ethnicity": kinds[draw.choice(5, p=[0.7, 0.15, 0.1, 0.01, 0.04])]}
        for n in range(900)
    ]
    events = [
        {"child": f"c{n}", "on": DAY + timedelta(10), "kind": ("assessed", "enquiry", "conference", "plan")[n % 4]}
        for n in range(900) if not contacts[n]["closed_at_door"] and n % 3 == 0
    ]  # fmt: skip
    history = small_history(contacts, events, children)
    has = history.has | {"assessed_on", "enquiry_on", "conference_on", "plan_on", "events"}
    review = local(History(**{**vars(history), "has": has}), replications=5)
    made = [part.sheet for part in review.fairness]
    held = ("age", "sex", "ethnicity", "disability", "deprivation")
    assert [each.name for each in made] == [f"fairness-{by}" for by in held]
    seen = 0
    for each in made:
        for row in each.rows:
            for count in row[2:4]:
                if isinstance(count, int):
                    seen += 1
                    assert count == 0 or (count >= 5 and count % 5 == 0), row
    assert seen > 50
