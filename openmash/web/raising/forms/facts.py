"""The policy’s own questions, as far as it asks them of anyone."""

from openmash.apps.concerns.account import TOLD_IN_THE_ACCOUNT
from openmash.engines.thresholds import Fact, Policy
from openmash.web.layout.fields import YesNoNotKnownField
from openmash.web.raising.forms.typed_form import TypedForm

ABOUT = {"child": "About the child", "family": "About the family", "account": "About what was said"}


def facts_asked(policy: Policy) -> list[Fact]:
    """What this version asks of whoever raises a concern."""
    return [
        fact
        for fact in policy.facts_at(policy.gates[0])
        if fact.asked_of == "anyone" and fact.id not in TOLD_IN_THE_ACCOUNT
    ]


class FactsForm(TypedForm):
    """Yes means more concern in every question. Not answering is not knowing."""

    def prepare(self) -> None:
        for fact in facts_asked(self.setting.policy):
            self.fields[fact.id] = YesNoNotKnownField(
                label=fact.question, label_size="s", required=False, inline=True, small=True
            )

    def groups(self) -> list[tuple[str, list[object]]]:
        """The questions under what they are about, in the policy’s order."""
        asked = facts_asked(self.setting.policy)
        kinds = dict.fromkeys(fact.about for fact in asked)
        return [
            (ABOUT.get(kind, kind.capitalize()), [self[fact.id] for fact in asked if fact.about == kind])
            for kind in kinds
        ]

    def answered(self) -> dict[str, str]:
        """The answers given, once valid."""
        return {name: answer for name, answer in self.cleaned_data.items() if answer}
