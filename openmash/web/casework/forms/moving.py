"""The form of a move: it asks what the table says that the move needs, and makes a `Written`."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from openmash.apps.casework.meeting_kinds import CATEGORIES
from openmash.apps.casework.pathway import why_not_go_on
from openmash.apps.casework.rules import Written
from openmash.apps.casework.stages import MEANINGS, Stage
from openmash.apps.casework.table.move import (
    CATEGORY,
    GOES_ON,
    OFFER,
    PLACE,
    REASON,
    REVIEW_ON,
    TAKEN_OVER,
    TOLD,
    VIEWS,
    WAY_BACK,
    Move,
)
from openmash.apps.concerns.rules import Reason
from openmash.web.casework.forms.pieces import actions_in, add_actions, add_views, views_in
from openmash.web.layout import fields

FAMILY = "The family"


class MoveForm(fields.QuestionForm):
    """What is needed, and when, is for `casework.rules` to say: it only asks."""

    def __init__(
        self,
        *args: Any,
        moves: Sequence[Move],
        stages: Collection[str],
        tell: Iterable[tuple[str, str]] = (),
        places: Iterable[tuple[str, str]] = (),
        lower: bool = False,
        **kwargs: Any,
    ) -> None:
        """`tell`: who may be told, by name and words. `lower`: the published threshold says more than
        the least serious outcome, so that deciding it needs a reason.
        """
        super().__init__(*args, **kwargs)
        self.moves = moves
        needs = {need for move in moves for need in move.needs}
        self._ask_outcome(stages)
        if PLACE in needs:
            self.fields["place"] = fields.SelectField(
                label="To which area of this partnership?",
                required=False,
                choices=[fields.Choice(*each) for each in places],
            )
            self.fields["outside"] = fields.TextField(
                label="Or to which area outside it?",
                help_text="Its children’s social care. Leave this empty if you chose one above.",
                required=False,
            )
        if TAKEN_OVER in needs:
            self.fields["said_by"] = fields.TextField(
                label="Who there said that they have taken over?",
                help_text="Name, role, and how to reach them.",
                required=False,
            )
            self.fields["decided"] = fields.LongTextField(
                label="What did the other area decide for the child?", required=False, rows=3
            )
        if CATEGORY in needs:
            self.fields["category"] = fields.ChoiceField(
                label="What is the category of the plan?",
                help_text="Leave this empty if there is no plan.",
                required=False,
                choices=[fields.Choice(*each) for each in CATEGORIES.items()],
            )
        if REASON in needs:
            self.fields["reason"] = fields.LongTextField(
                label="The reasons",
                help_text="What was relied on, what was weighed, and what is still not known.",
                required=False,
            )
        if lower:
            self.fields["lower_because"] = fields.LongTextField(
                label="If you decide lower than the published threshold says: why?",
                help_text="A second person must agree before it takes effect. Otherwise leave this empty.",
                required=False,
                rows=3,
            )
        if VIEWS in needs:
            add_views(self)
        self._ask_what_follows(needs, tell)

    def _ask_outcome(self, stages: Collection[str]) -> None:
        named = [move for move in self.moves if move.outcome]
        if not named:
            return
        for move in named:
            if GOES_ON in move.needs:
                self.fields[f"goes_on_{move.outcome}"] = fields.ChoiceField(
                    label="What help goes on?",
                    label_size="s",
                    required=False,
                    small=True,
                    choices=[
                        fields.Choice(stage.value, MEANINGS[stage].label)
                        for stage in Stage
                        if stage in move.goes_on and not why_not_go_on(move, stage, stages)
                    ],
                )
        choices = [
            fields.Choice(
                move.outcome,
                move.words,
                reveals=f"goes_on_{move.outcome}" if GOES_ON in move.needs else "",
            )
            for move in named
        ]
        asked = fields.ChoiceField(label="What is decided?", required=False, choices=choices)
        self.fields = {"outcome": asked, **self.fields}

    def _ask_what_follows(self, needs: set[str], tell: Iterable[tuple[str, str]]) -> None:
        plain_goes_on = [move for move in self.moves if GOES_ON in move.needs and not move.outcome]
        for move in plain_goes_on:
            self.fields["goes_on_"] = fields.ChoiceField(
                label="What help goes on?",
                required=False,
                choices=[
                    fields.Choice(stage.value, MEANINGS[stage].label)
                    for stage in Stage
                    if stage in move.goes_on
                ],
            )
        if OFFER in needs:
            self.fields["offer"] = fields.LongTextField(
                label="What help is the family offered from now on, and by whom?", required=False, rows=3
            )
        if WAY_BACK in needs:
            self.fields["way_back"] = fields.LongTextField(
                label="How can the family, and whoever is worried, come back?", required=False, rows=3
            )
        if TOLD in needs:
            self.fields["told"] = fields.MultipleChoiceField(
                label="Who is told that the work has ended, and why?",
                help_text="People of agencies find it when they sign in.",
                required=False,
                choices=[fields.Choice(FAMILY, FAMILY), *(fields.Choice(*each) for each in tell)],
            )
        if REVIEW_ON in needs:
            self.fields["review_on"] = fields.DateField(
                label="When is the plan looked at again?", required=False, what="The day"
            )

    @property
    def outcome(self) -> str:
        """The outcome chosen, or empty."""
        return str(self.cleaned_data.get("outcome", ""))

    def is_chosen(self) -> bool:
        """Whether an outcome was chosen, where there is one to choose; otherwise says so beside it."""
        if "outcome" in self.fields and not self.outcome:
            self.add_error("outcome", "Choose what is decided.")
            return False
        return True

    def written(self) -> Written:
        """What was written, for the rules and the action."""
        given = self.cleaned_data
        return Written(
            reason=given.get("reason", ""),
            goes_on=given.get(f"goes_on_{self.outcome}", ""),
            offer=given.get("offer", ""),
            way_back=given.get("way_back", ""),
            told=tuple(given.get("told", ())),
            category=given.get("category", ""),
            review_on=given.get("review_on"),
            views=views_in(given),
            lower_because=given.get("lower_because", ""),
        )

    def field_of(self, reason: Reason) -> str:
        """The field beside which a reason of the rules belongs."""
        return f"goes_on_{self.outcome}" if reason.field == "goes_on" else reason.field


class DecideForm(MoveForm):
    """What a meeting decides for one child, and what people said they would do."""

    ACTIONS = 5

    def __init__(self, *args: Any, missing: Sequence[str], **kwargs: Any) -> None:
        """`missing`: whom the meeting lacked."""
        super().__init__(*args, **kwargs)
        if missing:
            self.fields["not_quorate_because"] = fields.LongTextField(
                label="Why does the meeting decide all the same?",
                help_text=f"It lacked: {', '.join(missing)}. A second person must agree before it takes effect.",
                required=False,
                rows=3,
            )
        add_actions(self, self.ACTIONS)

    def actions(self) -> Any:
        return actions_in(self.cleaned_data, self.ACTIONS)
