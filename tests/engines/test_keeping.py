"""How long: the sum, and what is wrong with a text."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openmash.command.parts import run
from openmash.dated_texts import Faults
from openmash.engines.keeping import FILES, Kind, Period, Schedule, keep_until, parse

FOLDER = Path(__file__).parents[2] / "keeping" / "draft-2026-11"
DAYS = st.dates(date(1920, 1, 1), date(2100, 1, 1))


def schedule() -> Schedule:
    return parse(FOLDER)


def texts() -> dict[str, str]:
    return {name: (FOLDER / name).read_text(encoding="utf-8") for name in FILES}


@pytest.mark.parametrize(
    ("kind", "ended", "born", "until"),
    [
        (Kind.ADVICE, date(2026, 1, 5), date(2020, 1, 1), date(2032, 1, 5)),
        (Kind.CONCERN, date(2026, 1, 5), date(2020, 2, 29), date(2045, 3, 1)),
        (Kind.CONCERN, date(2026, 1, 5), date(2008, 3, 1), date(2033, 3, 1)),
        (Kind.HELP, date(2026, 1, 5), date(2008, 3, 1), date(2033, 3, 1)),
        (Kind.PROTECTION, date(2026, 1, 5), date(2020, 2, 29), date(2095, 3, 1)),
        (Kind.PREGNANCY_ENDED, date(2024, 2, 29), date(2024, 2, 29), date(2049, 3, 1)),
    ],
)
def test_the_last_day(kind: Kind, ended: date, born: date, until: date) -> None:
    assert keep_until(schedule().period(kind), ended_on=ended, born_on=born) == until


@given(kind=st.sampled_from(list(Kind)), ended=DAYS, born=DAYS, later=DAYS)
def test_to_know_less_never_shortens_it(kind: Kind, ended: date, born: date, later: date) -> None:
    period: Period = schedule().period(kind)
    first = keep_until(period, ended_on=ended, born_on=born)
    assert keep_until(period, ended_on=ended, born_on=max(born, later)) >= first > ended


def test_every_kind_must_be_said_and_once() -> None:
    lines = texts()["periods.csv"].splitlines()
    with pytest.raises(Faults, match="how long “advice”"):
        parse({**texts(), "periods.csv": "\n".join([lines[0], *lines[2:]])})
    with pytest.raises(Faults, match="twice"):
        parse({**texts(), "periods.csv": "\n".join([*lines, lines[1]])})
    with pytest.raises(Faults, match="no number for “years”"):
        parse({**texts(), "periods.csv": texts()["periods.csv"].replace(",birth,75,", ",birth,soon,")})


def test_the_command_says_what_is_to_be_confirmed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["keeping", "check"]) == 0
    assert "To be confirmed: advice, concern, help, protection, pregnancy_ended" in capsys.readouterr().out
