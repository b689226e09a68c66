"""The questions of this part: a judgement, and a new round with its vignettes."""

from datetime import date, datetime, time
from typing import Any

from openmash.apps.policy.actions.calibrating import NO_GATE, NO_SOURCE, NO_STORY, VignetteTold
from openmash.apps.policy.queries.calibration import SURENESS, ToJudge
from openmash.engines.thresholds import Policy
from openmash.web.layout import fields
from openmash.web.understanding.presenters.acknowledging import level_words

FIELD_OF = {
    NO_STORY: "story",
    NO_GATE: "gate",
    NO_SOURCE: "raised_by",
}
SOURCES_IN_WORDS = {"gp": "GP", "camhs": "CAMHS", "public": "Family, neighbours or anybody else"}


class JudgeForm(fields.QuestionForm):
    """What level somebody would choose."""

    level = fields.ChoiceField(when_empty="Choose the level that fits best", required=True)
    sureness = fields.ChoiceField(
        label="How sure are you? (optional)", label_size="s", required=False, inline=True, small=True
    )
    reason = fields.LongTextField(
        label="What decided it for you? (optional)",
        help_text="It helps to mend the wording. Those who lead on the threshold read it without your name, so "
        "leave out who you are.",
        label_size="s",
        required=False,
        rows=3,
    )

    def __init__(self, *args: Any, shown: ToJudge, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        level: Any = self.fields["level"]
        level.label = shown.gate.question
        level.offer(
            fields.Choice(each.code, level_words(each, shown.policy), hint=each.summary)
            for each in shown.gate.levels
        )
        sureness: Any = self.fields["sureness"]
        sureness.offer(SURENESS)


class RoundForm(fields.QuestionForm):
    """A new round: its name, its days, and which of the agreed examples it puts to people."""

    title = fields.TextField(label="Title", help_text="People see it, so it must not give an answer away.")
    opens = fields.DateField(label="First day", what="First day", help_text="It opens as that day begins.")
    closes = fields.DateField(label="Last day", what="Last day", help_text="It closes as that day ends.")
    examples = fields.MultipleChoiceField(
        label="Agreed examples to put to people",
        help_text="The public document shows these with their answers, so people may remember them. "
        "Vignettes of your own, below, say more. Leave out those that lean on another (“The same, when…”): "
        "everybody meets them in an order of their own.",
        required=False,
        small=True,
    )

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policy = policy
        examples: Any = self.fields["examples"]
        examples.offer(
            fields.Choice(
                each.id,
                each.story,
                hint=f"{policy.gate(each.gate).name}. "
                f"Agreed: {level_words(policy.level(each.level), policy)}.",
            )
            for each in policy.examples
        )

    def chosen(self) -> list[VignetteTold]:
        """The examples chosen, in the order of the policy."""
        wanted = set(self.cleaned_data["examples"])
        return [VignetteTold.of_example(each) for each in self.policy.examples if each.id in wanted]

    def moments(self, now: datetime) -> tuple[datetime, datetime]:
        """From when until when, in local time: a round that begins today opens now."""
        zone = now.tzinfo
        opens: date = self.cleaned_data["opens"]
        closes: date = self.cleaned_data["closes"]
        first = datetime.combine(opens, time(), tzinfo=zone)
        return max(first, now), datetime.combine(closes, time(23, 59), tzinfo=zone)


class VignetteForm(fields.QuestionForm):
    """A vignette of one's own: a story for people, and the same case in the notation of the policy."""

    story = fields.LongTextField(
        label="The story",
        help_text="All that people read. It must say everything that the case below says: the child’s age, "
        "how each thing is known, earlier contacts. No real child.",
        label_size="s",
        required=False,
        rows=4,
    )
    gate = fields.ChoiceField(label="Which decision is it about?", label_size="s", required=False, small=True)
    age = fields.TextField(
        label="Age",
        help_text="“6 years”, “10 months”, “unborn” or “not known”",
        label_size="s",
        required=False,
        width="10",
    )
    signs = fields.TextField(
        label="Signs",
        help_text="As in the policy’s own examples: “D03 said, immediate no; B24 seen x2; A10 seen for 4 months”",
        label_size="s",
        required=False,
    )
    facts = fields.TextField(
        label="Facts", help_text="“help_refused yes; child_not_seen no”", label_size="s", required=False
    )
    past = fields.TextField(
        label="Earlier contacts",
        help_text="“3 months ago from school about neglect; 5 months ago from police, assessed”",
        label_size="s",
        required=False,
    )
    raised_by = fields.SelectField(label="Raised by", label_size="s", required=False)

    def __init__(self, *args: Any, policy: Policy, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gate: Any = self.fields["gate"]
        gate.offer(fields.Choice(each.id, each.name, hint=each.question) for each in policy.gates)
        raised_by: Any = self.fields["raised_by"]
        raised_by.offer((kind, source_in_words(kind)) for kind in policy.agency_kinds)

    @property
    def is_empty(self) -> bool:
        """Nothing was typed or chosen: it is left out."""
        return not any(str(value).strip() for value in self.cleaned_data.values())

    def told(self) -> VignetteTold:
        return VignetteTold(**self.cleaned_data)

    def field_of(self, sentence: str) -> str | None:
        """The field that a sentence of the rules or of the notation is about; None when it does not say."""
        named = (name for name in self.fields if f"column “{name}”" in sentence)
        return FIELD_OF.get(sentence) or next(named, None)


def source_in_words(kind: str) -> str:
    return SOURCES_IN_WORDS.get(kind, kind.replace("_", " ").capitalize())
