"""The fields of question pages. Each is drawn as a component of the design system by `rendering`.

    class NameForm(QuestionForm):
        name = TextField(label="What is the child's name?", page_heading=True, required=False)

All take Django's own `required`, `label`, `help_text` (the hint), `initial`, and:
    when_empty    the sentence shown when an answer is needed and there is none
    label_size    "s", "m", "l" or "xl"
    page_heading  the label is also the page's h1
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from openmash.web.layout.dates import DateField as PlainDateField
from openmash.web.layout.storable import storable

__all__ = [
    "Choice",
    "ChoiceField",
    "DateField",
    "EmailField",
    "LongTextField",
    "MultipleChoiceField",
    "QuestionForm",
    "SelectField",
    "TextField",
    "YesNoNotKnownField",
]


@dataclass(frozen=True)
class Choice:
    """One answer that may be chosen. `reveals` names a field of the same form, asked for with this answer.

    Several are named with spaces between.
    """

    value: str
    label: str
    hint: str = ""
    reveals: str = ""
    divider_before: str = ""


@dataclass(frozen=True)
class Look:
    """How a field is drawn."""

    label_size: str = "m"
    page_heading: bool = False
    width: str = ""
    rows: int = 5
    autocomplete: str = ""
    inline: bool = False
    small: bool = False


class Designed(forms.Field):
    """Takes the options that all our fields share."""

    default_error_messages = {"required": "Answer this question"}
    look: Look

    def __init__(
        self,
        *,
        when_empty: str = "",
        label_size: str = "",
        page_heading: bool = False,
        width: str = "",
        rows: int = 5,
        autocomplete: str = "",
        inline: bool = False,
        small: bool = False,
        **kwargs: Any,
    ) -> None:
        if when_empty:
            kwargs["error_messages"] = {"required": when_empty, **kwargs.get("error_messages", {})}
        super().__init__(**kwargs)
        size = label_size or ("l" if page_heading else "m")
        self.look = Look(size, page_heading, width, rows, autocomplete, inline, small)


class TextField(Designed, forms.CharField):
    """One line of text, of any length."""

    replaced = False

    def to_python(self, value: Any) -> str:
        text, replaced = storable(str(value or ""))
        self.replaced = replaced
        return super().to_python(text) or ""


class LongTextField(TextField):
    """As much text as somebody wants to write: no limit, and kept as it was typed."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"strip": False, **kwargs})

    def to_python(self, value: Any) -> str:
        text = super().to_python(value).replace("\r\n", "\n").replace("\r", "\n")
        return text if text.strip() else ""


class EmailField(Designed, forms.EmailField):
    """An e-mail address."""

    def __init__(self, **kwargs: Any) -> None:
        sentence = "Enter an e-mail address in the right form, such as name@example.org"
        errors = {"invalid": sentence, **kwargs.pop("error_messages", {})}
        super().__init__(**{"autocomplete": "email", "error_messages": errors, **kwargs})

    def to_python(self, value: Any) -> str:
        return super().to_python(storable(str(value or ""))[0]) or ""


class DateField(Designed, PlainDateField):
    """A day, a month and a year; see `dates.DateField`."""


class Choosing(Designed, forms.ChoiceField):
    """A field with answers to choose from."""

    offered: dict[str, Choice]

    def __init__(self, *, choices: Iterable[Choice | tuple[str, str]] = (), **kwargs: Any) -> None:
        sentence = "Choose one of the answers on this page"
        errors = {"invalid_choice": sentence, **kwargs.pop("error_messages", {})}
        super().__init__(error_messages=errors, **kwargs)
        self.offer(choices)

    def offer(self, choices: Iterable[Choice | tuple[str, str]]) -> None:
        """Set what may be chosen, for answers only known when the page is asked for."""
        listed = [choice if isinstance(choice, Choice) else Choice(*choice) for choice in choices]
        self.offered = {choice.value: choice for choice in listed}
        self.choices = [(choice.value, choice.label) for choice in listed]


class ChoiceField(Choosing):
    """One of a few answers. None is chosen beforehand."""

    widget = forms.RadioSelect


class YesNoNotKnownField(ChoiceField):
    """ "yes", "no" or "not_known": three answers, none of which stands for another, and none preselected."""

    def __init__(
        self, *, yes_reveals: str = "", no_reveals: str = "", not_known_hint: str = "", **kwargs: Any
    ) -> None:
        answers = [
            Choice("yes", "Yes", reveals=yes_reveals),
            Choice("no", "No", reveals=no_reveals),
            Choice("not_known", "Not known", hint=not_known_hint),
        ]
        kwargs.setdefault("when_empty", "Choose yes, no or not known")
        super().__init__(choices=answers, **kwargs)


class MultipleChoiceField(Choosing, forms.MultipleChoiceField):
    """Any number of answers."""

    widget = forms.CheckboxSelectMultiple


class SelectField(Choosing):
    """One of a long list. It starts with an empty line, so that none is chosen beforehand."""

    widget = forms.Select

    def offer(self, choices: Iterable[Choice | tuple[str, str]]) -> None:
        super().offer([Choice("", "Choose one"), *choices])


class QuestionForm(forms.Form):
    """A form made of the fields above."""

    use_required_attribute = False  # the page says what is missing, in our words and with a summary

    def __init__(self, *args: Any, today: datetime.date | None = None, **kwargs: Any) -> None:
        """`today` is needed when a date has to be in the past."""
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        for field in self.fields.values():
            if isinstance(field, PlainDateField):
                field.today = today

    def with_replaced_characters(self) -> list[str]:
        """Labels of the answers in which a character had to be replaced so as to be kept."""
        fields = self.fields.values()
        return [str(field.label) for field in fields if isinstance(field, TextField) and field.replaced]
