"""What every form of a draft shares."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

from django.forms.utils import ErrorDict

from openmash.engines.thresholds import Policy
from openmash.web.layout.fields import Choice, ChoiceField, QuestionForm
from openmash.web.raising.typed import as_form_data


@dataclass(frozen=True)
class Setting:
    """What a form must know beside what was typed."""

    policy: Policy
    today: datetime.date
    signed_in: bool
    localities: tuple[tuple[str, str], ...] = ()


class TypedForm(QuestionForm):
    """A form over the typed values of one page.

    With `show_faults=False` it shows what was typed and says nothing yet about what is wrong: somebody who
    comes back to a half-written page has not asked to be corrected.
    """

    def __init__(
        self, values: Mapping[str, list[str]], setting: Setting, *, show_faults: bool = True
    ) -> None:
        self.show_faults = show_faults
        self.setting = setting
        super().__init__(as_form_data(values), today=setting.today)
        self.prepare()

    def prepare(self) -> None:
        """Fit the questions to the setting: drop, offer or add fields."""

    def offer(self, name: str, choices: Iterable[Choice | tuple[str, str]]) -> None:
        """Set what may be chosen in one of the fields."""
        cast(ChoiceField, self.fields[name]).offer(choices)

    def full_clean(self) -> None:
        if self.show_faults:
            super().full_clean()
        else:
            self._errors = ErrorDict()
            self.cleaned_data = {}
