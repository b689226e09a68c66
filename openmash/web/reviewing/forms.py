"""The team of “Can we cope”: every number typed, with published ones to begin with."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError

from openmash.apps.review.coping import VARIED, Beginning, check_worth_a_page
from openmash.engines.coping import Demand, LogNormal, NotPossible, Scenario, Team
from openmash.web.layout.fields import QuestionForm, SelectField, TextField

HOW_VARIED = (
    ("0.5", "Much alike"),
    (str(VARIED), "Most short, some long"),
    ("2", "Most short, a few very long"),
)
HOW_FAR = (("52", "One year"), ("104", "Two years"), ("156", "Three years"))
MOST_POSTS, MOST_WEEKLY = 200, 150
"""A team, or a small council: more takes too long to simulate while somebody waits for a page."""


class NumberField(TextField):
    """A number from `least` to `most`, with a decimal point or comma."""

    def __init__(self, *, least: str, most: str, whole: bool = False, **kwargs: Any) -> None:
        super().__init__(label_size="s", width="5", **kwargs)
        self.least, self.most, self.whole = Decimal(least), Decimal(most), whole
        self.widget.attrs["inputmode"] = "numeric" if whole else "decimal"

    def clean(self, value: Any) -> Decimal | None:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            number = Decimal(typed.replace(",", ".").removesuffix("%").strip())
        except InvalidOperation:
            raise self._wrong() from None
        if not number.is_finite() or not self.least <= number <= self.most:
            raise self._wrong()
        if self.whole and number != int(number):
            raise self._wrong()
        return number

    def _wrong(self) -> ValidationError:

        kind = "a whole number" if self.whole else "a number"
        return ValidationError(f"“{self.label}” is {kind} from {self.least:f} to {self.most:f}")


class CopeForm(QuestionForm):
    """All numbers are of one team. Percentages in per cent, lengths in days."""

    posts = NumberField(
        label="Posts that hold children",
        least="0.5",
        most=str(MOST_POSTS),
        help_text="Full-time equivalents.",
    )
    empty = NumberField(
        label="Posts with nobody in them, %", least="0", most="90", help_text="Not even an agency worker."
    )
    caseload = NumberField(
        label="Children one person can hold", least="1", most="100", whole=True, help_text="Your own limit."
    )
    away = NumberField(
        label="Time away, %",
        least="0",
        most="60",
        help_text="Sickness, training; others hold the children then.",
    )
    weekly = NumberField(
        label="Children accepted in a week",
        least="0.1",
        most=str(MOST_WEEKLY),
        help_text="On average over a year, those who come back among them.",
    )
    stay = NumberField(
        label="How long work lasts, days",
        least="1",
        most="2000",
        help_text="On average, from taking it to its end.",
    )
    varied = SelectField(label="How much do lengths differ?", label_size="s", choices=HOW_VARIED)
    returns = NumberField(
        label="Children who come back within a year, %",
        least="0",
        most="90",
        help_text="Of those whose work ended.",
    )
    waiting = NumberField(
        label="Waiting for somebody now", least="0", most="2000", whole=True, required=False
    )
    held = NumberField(
        label="Held now",
        least="0",
        most="10000",
        whole=True,
        required=False,
        help_text="Leave empty for the usual number.",
    )
    weeks = SelectField(label="How far to look", label_size="s", choices=HOW_FAR)

    def scenario(self, season: tuple[float, ...], first_month: int) -> Scenario | None:
        """What was typed; None, with the fault said on the form, where no team can be like that."""
        given = self.cleaned_data
        stay, varied = float(given["stay"]), float(given["varied"])
        held, waiting = given.get("held"), given.get("waiting")
        try:
            team = Team(
                float(given["posts"]),
                int(given["caseload"]),
                float(given["empty"]) / 100,
                float(given["away"]) / 100,
            )
            demand = Demand(
                float(given["weekly"]), LogNormal(stay, stay * varied), float(given["returns"]) / 100, season
            )
            scenario = Scenario(
                team,
                demand,
                held=None if held is None else int(held),
                waiting=int(waiting or 0),
                first_month=first_month,
                weeks=int(given["weeks"]),
            )
            check_worth_a_page(scenario)
        except NotPossible as wrong:
            self.add_error(None, str(wrong))
            return None
        return scenario


def typed_from(begin: Beginning) -> dict[str, str]:
    """The form's fields filled in with published figures."""
    return {
        "posts": str(begin.posts),
        "empty": str(begin.empty),
        "caseload": str(begin.caseload),
        "away": str(begin.away),
        "weekly": str(begin.weekly),
        "stay": str(begin.stay),
        "varied": str(VARIED),
        "returns": str(begin.returns),
        "waiting": "0",
        "weeks": "52",
    }
