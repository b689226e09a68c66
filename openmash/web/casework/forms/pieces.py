"""Pieces that several forms share: what the child and the parents said, actions agreed, a day with a time."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from openmash.apps.casework.actions.leading import ActionTold
from openmash.apps.casework.rules import WHOSE, Said
from openmash.engines.clocks import LONDON
from openmash.web.layout import fields


def add_views(form: fields.QuestionForm) -> None:
    """Ask what the child and the parents say; each must be answered, or why it was not obtained."""
    for whose, who in WHOSE.items():
        form.fields[f"{whose}_text"] = fields.LongTextField(
            label=f"What do {who} say?" if whose == "parents" else f"What does {who} say?",
            help_text="In their own words, as far as you can.",
            required=False,
            rows=3,
        )
        form.fields[f"{whose}_not"] = fields.TextField(
            label=f"If nobody could ask {who}: why not?",
            label_size="s",
            required=False,
        )


def views_in(given: dict[str, Any]) -> dict[str, Said]:
    """What was written of the views, if it was asked for."""
    return {
        whose: Said(given[f"{whose}_text"], given[f"{whose}_not"])
        for whose in WHOSE
        if f"{whose}_text" in given
    }


def add_actions(form: fields.QuestionForm, count: int) -> None:
    """Ask for so many actions; empty ones are passed over."""
    for number in range(1, count + 1):
        form.fields[f"action_{number}_what"] = fields.TextField(
            label=f"Action {number}: what is to be done?",
            help_text="Leave this empty if there is no further action." if number > 1 else "",
            required=False,
        )
        form.fields[f"action_{number}_owner"] = fields.TextField(
            label="Who does it?", label_size="s", required=False
        )
        form.fields[f"action_{number}_due"] = fields.DateField(
            label="By when?", label_size="s", required=False, what=f"The day of action {number}"
        )


def actions_in(given: dict[str, Any], count: int) -> list[ActionTold]:
    """The actions that were begun to be written, whole or not."""
    told = [
        ActionTold(
            given.get(f"action_{number}_what", ""),
            given.get(f"action_{number}_owner", ""),
            given.get(f"action_{number}_due"),
        )
        for number in range(1, count + 1)
    ]
    return [each for each in told if each.what or each.owner or each.due_on]


def add_moment(form: fields.QuestionForm, name: str, label: str) -> None:
    """Ask for a day and a time of day."""
    form.fields[f"{name}_on"] = fields.DateField(label=label, required=False, what="The day")
    form.fields[f"{name}_at"] = fields.TextField(
        label="At what time?",
        help_text="On the 24-hour clock, such as 14:30.",
        label_size="s",
        required=False,
        width="5",
    )


def moment_in(form: fields.QuestionForm, name: str, *, has_been: bool = False) -> datetime | None:
    """The day and time that were typed, in England's time; None when they are no moment.

    Without a time it is noon. `has_been`: of something in the past it is now, while noon is still to come today.
    """
    day: date | None = form.cleaned_data.get(f"{name}_on")
    typed = form.cleaned_data.get(f"{name}_at", "").strip().replace(".", ":")
    if day is None:
        if typed:
            form.add_error(f"{name}_on", "Give the day as well as the time.")
        return None
    try:
        clock = datetime.strptime(typed or "12:00", "%H:%M").time()  # noqa: DTZ007 -- a time of day alone
    except ValueError:
        form.add_error(f"{name}_at", "Write the time on the 24-hour clock, such as 14:30.")
        return None
    moment = datetime.combine(day, clock, tzinfo=LONDON)
    now = timezone.localtime()
    return min(moment, now) if has_been and not typed and day == now.date() else moment
