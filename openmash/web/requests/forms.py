"""The questions of this part: what is asked of whom, what is answered, and what somebody writes down."""

from collections.abc import Iterable, Sequence
from typing import Any

from openmash.apps.concerns.queries.wanted import Wanted
from openmash.apps.sharing.by_when import BY_WHEN
from openmash.apps.sharing.queries.opened import ItemShown
from openmash.apps.sharing.queries.to_ask import Detail
from openmash.apps.sharing.queries.whom import Whom
from openmash.apps.sharing.rules import OUTCOME_WORDS, Answered, Outcome
from openmash.engines.sharing import Ground
from openmash.web.layout import fields
from openmash.web.layout.fields import Choice

LEADS = "whoever leads safeguarding there"


def ground_choices(grounds: Iterable[Ground]) -> list[Choice]:
    """Each ground in plain words. Where it stands is written down with whatever is shared on it."""
    return [
        Choice(
            each.id,
            each.name,
            hint=f"{each.plain} To be confirmed: {each.source}." if each.to_be_confirmed else each.plain,
        )
        for each in grounds
    ]


class AskForm(fields.QuestionForm):
    """What somebody asks, of whom, and on which ground."""

    asked = fields.SelectField(label="Whom do you ask?", required=False)
    wanted = fields.MultipleChoiceField(
        label="Not known, and it matters: ask for it?",
        help_text="The threshold would say more if these were known.",
        required=False,
        small=True,
    )
    questions = fields.LongTextField(
        label="What exactly do you need to know?",
        help_text="One question on each line. Ask for no more than you need.",
        required=False,
        rows=4,
    )
    why = fields.LongTextField(
        label="Why do you need it?",
        help_text="They read this. Write what they must know in order to answer, and no more.",
        required=False,
        rows=3,
    )
    told = fields.MultipleChoiceField(
        label="What may they be told, so that they find the right records?",
        help_text="Only what you choose leaves. It is written down.",
        required=False,
        small=True,
    )
    grounds = fields.MultipleChoiceField(
        label="On which legal ground do you ask?",
        help_text="For a public body agreement is never the only one.",
        required=False,
        small=True,
    )
    family = fields.ChoiceField(
        label="What does the family say to it, and is it safe to ask them?",
        help_text="They see what you choose here, so that nobody is put in danger.",
        required=False,
        small=True,
    )
    family_said = fields.LongTextField(
        label="What did they say, or why have they not been asked?",
        help_text="This stays with you and is not sent.",
        label_size="s",
        required=False,
        rows=2,
    )
    by_when = fields.ChoiceField(
        label="By when do you need an answer?",
        required=False,
        small=True,
        choices=[(key, words) for key, (words, _clock) in BY_WHEN.items()],
    )

    field_order = [
        "asked", "wanted", "questions", "why", "told", "family", "family_said", "by_when", "grounds",
    ]  # fmt: skip

    def __init__(
        self,
        *args: Any,
        whom: Iterable[Whom],
        wanted: Sequence[Wanted],
        details: Iterable[Detail],
        grounds: Iterable[Ground],
        family: dict[str, str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields
        offered["asked"].offer((_value_of(each), f"{each.agency}: {each.person or LEADS}") for each in whom)
        offered["wanted"].offer(
            Choice(each.key, each.question, hint=f"To ask: {each.whom}") for each in wanted
        )
        if wanted:
            offered["questions"].label = "What else do you need to know?"
        else:
            del offered["wanted"]
        offered["told"].offer((each.key, f"{each.label}: {each.text}") for each in details)
        offered["grounds"].offer(ground_choices(grounds))
        offered["family"].offer(family.items())

    def asked_agency_and_person(self) -> tuple[int | None, int | None]:
        """Whose number was chosen: an agency's, or a person's."""
        chosen: str = self.cleaned_data["asked"]
        number = int(chosen[1:]) if chosen else None
        return (None, number) if chosen.startswith("p") else (number, None)

    def lines(self) -> tuple[str, ...]:
        """Each question that was written."""
        return tuple(line.strip() for line in self.cleaned_data["questions"].splitlines() if line.strip())


def _value_of(whom: Whom) -> str:
    return f"a{whom.agency_id}" if whom.person_id is None else f"p{whom.person_id}"


class ReasonForm(fields.QuestionForm):
    """A reason, in words."""

    reason = fields.LongTextField(label="Why?", required=False, rows=4)

    def __init__(self, *args: Any, label: str, hint: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = label
        self.fields["reason"].help_text = hint


class AnswerForm(fields.QuestionForm):
    """What is said to each question that has no answer yet. One that is left out is still to come."""

    def __init__(
        self, *args: Any, items: Sequence[ItemShown], grounds: Iterable[Ground], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.ids = [each.item.pk for each in items]
        for each in items:
            before = each.latest
            self.fields[f"outcome_{each.item.pk}"] = fields.ChoiceField(
                label=f"{each.item.number}. {each.item.question}",
                help_text=f"Said before: {OUTCOME_WORDS[Outcome(before.outcome)]}. {before.text}"
                if before
                else "",
                required=False,
                small=True,
                choices=[(outcome.value, words) for outcome, words in OUTCOME_WORDS.items()],
            )
            self.fields[f"text_{each.item.pk}"] = fields.LongTextField(
                label=f"Your answer to question {each.item.number}, or why it is not shared",
                label_size="s",
                required=False,
                rows=3,
            )
        self.fields["note"] = fields.LongTextField(
            label="Anything else they should know",
            help_text="Leave this empty if there is nothing.",
            required=False,
            rows=3,
        )
        self.fields["grounds"] = fields.MultipleChoiceField(
            label="On which legal ground do you share this?",
            help_text="Not needed where you share nothing.",
            required=False,
            small=True,
            choices=ground_choices(grounds),
        )

    def clean(self) -> dict[str, Any]:
        """Words without a choice are never dropped: what they are must be said."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for pk in self.ids:
            if given.get(f"text_{pk}", "").strip() and not given.get(f"outcome_{pk}"):
                self.add_error(
                    f"outcome_{pk}", "Choose whether this is your answer or a reason for not sharing"
                )
        return given

    def answered(self) -> list[Answered]:
        """What was said, question by question."""
        given = self.cleaned_data
        return [
            Answered(pk, given[f"outcome_{pk}"], given[f"text_{pk}"])
            for pk in self.ids
            if given.get(f"outcome_{pk}")
        ]


class WriteDownForm(fields.QuestionForm):
    """What somebody shared without being asked here, or decided not to share."""

    decided = fields.ChoiceField(
        label="What did you decide?",
        when_empty="Choose what you decided",
        choices=[
            Choice("not_shared", "I did not share it", reveals="reason"),
            Choice("shared", "I shared it", reveals="grounds"),
        ],
    )
    about = fields.TextField(
        label="Whom was it about?", help_text="The child, in as few words as will do.", required=False
    )
    with_whom = fields.TextField(
        label="With whom?", help_text="Who got it, or would have got it.", required=False
    )
    what = fields.LongTextField(
        label="What was it?", help_text="One thing on each line.", required=False, rows=3
    )
    reason = fields.LongTextField(label="Why did you not share it?", label_size="s", required=False, rows=3)
    grounds = fields.MultipleChoiceField(
        label="On which legal ground?", label_size="s", required=False, small=True
    )
    field_order = ["about", "with_whom", "what", "decided", "reason", "grounds"]

    def __init__(self, *args: Any, grounds: Iterable[Ground], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered: Any = self.fields["grounds"]
        offered.offer(ground_choices(grounds))
