"""A day with a time of day, as it is typed in the work with a child. The clock of tests stands at half past ten."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from openmash.web.casework.forms.pieces import add_moment, moment_in
from openmash.web.layout.fields import QuestionForm

pytestmark = pytest.mark.django_db


def typed(days: int = 0, at: str = "") -> QuestionForm:
    day = timezone.localdate() + timedelta(days=days)
    return form_of(
        {"it_on_day": str(day.day), "it_on_month": str(day.month), "it_on_year": str(day.year), "it_at": at}
    )


def form_of(given: dict[str, Any]) -> QuestionForm:
    class Asked(QuestionForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            add_moment(self, "it", "When was it?")

    form = Asked(given)
    form.is_valid()
    return form


def local(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%H:%M") if moment else ""


def test_what_has_been_today_is_never_said_to_be_later_than_now() -> None:
    moment = moment_in(typed(), "it", has_been=True)
    assert moment is not None and moment <= timezone.now()
    assert local(moment) == "10:30"
    assert local(moment_in(typed(), "it")) == "12:00", "what is planned for today is at noon"
    assert local(moment_in(typed(-1), "it", has_been=True)) == "12:00"
    assert local(moment_in(typed(at="9.05"), "it", has_been=True)) == "09:05"


def test_a_time_without_its_day_is_said_beside_the_day() -> None:
    form = form_of({"it_at": "14:30"})
    assert moment_in(form, "it") is None
    assert form.errors["it_on"] == ["Give the day as well as the time."]
    nothing = form_of({})
    assert moment_in(nothing, "it") is None and not nothing.errors
