"""Moments and limits of time as people say them."""

from datetime import datetime, timedelta

import pytest

from openmash.web.layout.times import by_when, due_in_words, moment, short_moment, span
from tests.cast import LONDON

NOW = datetime(2026, 11, 20, 16, 50, tzinfo=LONDON)  # a Friday


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (datetime(2026, 11, 20, 19, 40, tzinfo=LONDON), "today by 7:40pm"),
        (datetime(2026, 11, 20, 17, 30, tzinfo=LONDON), "today by 5:30pm (in 40 minutes)"),
        (datetime(2026, 11, 20, 23, 59, tzinfo=LONDON), "by the end of today"),
        (datetime(2026, 11, 21, 10, 0, tzinfo=LONDON), "tomorrow by 10am"),
        (datetime(2026, 11, 21, 23, 59, tzinfo=LONDON), "by the end of tomorrow"),
        (datetime(2026, 11, 24, 10, 0, tzinfo=LONDON), "by Tuesday 24 November, 10am"),
        (datetime(2027, 1, 4, 23, 59, tzinfo=LONDON), "by the end of Monday 4 January 2027"),
        (NOW, "due now"),
        (NOW - timedelta(seconds=59), "due now"),
        (NOW - timedelta(minutes=1), "overdue by 1 minute"),
        (NOW - timedelta(minutes=119), "overdue by 1 hour"),
        (NOW - timedelta(hours=23, minutes=59), "overdue by 23 hours"),
        (NOW - timedelta(days=3), "overdue by 3 days"),
    ],
)
def test_when_it_is_due(due: datetime, words: str) -> None:
    found = due_in_words(due, NOW)
    assert found.words == words
    assert found.is_late == words.startswith(("overdue", "due now"))


def test_summer_time_is_told_as_the_clock_on_the_wall_shows_it() -> None:
    before = datetime(2026, 3, 28, 12, 0, tzinfo=LONDON)
    assert by_when(datetime(2026, 3, 29, 9, 0, tzinfo=LONDON), before) == "tomorrow by 9am"


def test_moments_gone_by() -> None:
    assert short_moment(NOW - timedelta(minutes=40), NOW) == "today at 4:10pm"
    assert short_moment(NOW - timedelta(days=1), NOW) == "yesterday at 4:50pm"
    assert short_moment(NOW - timedelta(days=18), NOW) == "2 November 2026, 4:50pm"
    assert moment(NOW) == "Friday 20 November 2026, 4:50pm"
    assert span(timedelta(0)) == "1 minute"
