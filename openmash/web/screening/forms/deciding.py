"""The decision, the second person's word, and the reply to a disagreement. Nothing is chosen beforehand."""

from collections.abc import Sequence
from typing import Any

from openmash.apps.concerns.queries.opened import REPLIES
from openmash.apps.concerns.rules import (
    CHILD_OUTCOMES,
    LOWERING,
    OVERRIDES,
    RAISING,
    Choice,
    Reason,
    Standing,
    second_person_reasons,
)
from openmash.engines.thresholds import Level, Pathway
from openmash.web.layout import fields
from openmash.web.screening.presenters.findings import in_a_sentence, level_words, rank_words


class DecideForm(fields.QuestionForm):
    """What is needed, and when, is for `concerns.rules` to say: it asks, and makes a `Choice`."""

    level = fields.ChoiceField(
        label="What level do you decide?",
        help_text="The published threshold only advises. You decide, and say why.",
        required=False,
    )
    rationale = fields.LongTextField(
        label="Your reasons for this level",
        help_text="What you relied on, what you weighed, and what is still not known. This stays inside the "
        "front door; you write the answer to the person who raised it next.",
        required=False,
        rows=8,
    )
    why_not_policy = fields.ChoiceField(label="", required=False, small=True)
    not_seen_because = fields.LongTextField(
        label="If this is closed: why, although nobody is known to have seen the child?",
        help_text="If somebody has seen the child, go back and answer that question instead.",
        required=False,
        rows=3,
    )
    discounted_because = fields.LongTextField(
        label="If you set aside what the source said: on what basis?",
        help_text="Leave this empty if you do not. Family, neighbours and people who give no name count like "
        "everybody else: to call an account malicious or mistaken takes a written basis and a second person.",
        required=False,
        rows=3,
    )
    response_not_available = fields.LongTextField(
        label="Response not available",
        help_text="Leave this empty if all that is needed can be offered. Otherwise: what the child needs "
        "and cannot be offered in time, and what is done instead. It is counted and reported, and is never "
        "a reason for a level. Decide the level as if everything could be offered.",
        required=False,
        rows=3,
    )

    def __init__(
        self, *args: Any, standing: Standing, children: Sequence[tuple[int, str]], **kwargs: Any
    ) -> None:
        """`children`: each other child of the household, by part id and name."""
        super().__init__(*args, **kwargs)
        self.standing, self.children = standing, children
        policy = standing.policy
        for level in policy.levels:
            self.fields[pathway_field(level.code)] = fields.ChoiceField(
                label=f"What happens next, at {in_a_sentence(level_words(level, policy))}?",
                label_size="s",
                required=False,
                small=True,
                choices=[self._pathway(level, pathway) for pathway in policy.pathways_for(level)],
            )
        self._offer("level", [self._level(level) for level in policy.levels])
        threshold = in_a_sentence(rank_words(standing.policy_rank, policy))
        self.fields[
            "why_not_policy"
        ].label = f"If you decide another level than the threshold’s ({threshold}): why?"
        self._offer(
            "why_not_policy", [fields.Choice(key, words, hint=_way(key)) for key, words in OVERRIDES.items()]
        )
        if not standing.has_duty("seen_before_closing"):
            del self.fields["not_seen_because"]
        for part, name in children:
            self._ask_about(part, name)

    def _offer(self, name: str, choices: list[fields.Choice]) -> None:
        self.fields[name].offer(choices)  # type: ignore[attr-defined]

    def _level(self, level: Level) -> fields.Choice:
        words = level_words(level, self.standing.policy)
        return fields.Choice(level.code, words, hint=level.summary, reveals=pathway_field(level.code))

    def _pathway(self, level: Level, pathway: Pathway) -> fields.Choice:
        takes_two = second_person_reasons(Choice(level.code, pathway.id, ""), self.standing)
        second = " A second person must agree." if takes_two else ""
        return fields.Choice(pathway.id, pathway.label, hint=f"{pathway.what_happens_next}{second}")

    def _ask_about(self, part: int, name: str) -> None:
        self.fields[f"child_{part}"] = fields.ChoiceField(
            label=f"What do you decide for {name}?",
            label_size="s",
            required=False,
            small=True,
            choices=[fields.Choice(code, words) for code, words in CHILD_OUTCOMES.items()],
        )
        self.fields[f"child_{part}_reason"] = fields.LongTextField(
            label=f"Why, for {name}?", label_size="s", required=False, rows=2
        )

    def choice(self) -> Choice:
        """What was chosen, for the rules and the action."""
        given = self.cleaned_data
        level = given["level"]
        return Choice(
            level=level,
            pathway=given.get(pathway_field(level), ""),
            rationale=given["rationale"],
            why_not_policy=given["why_not_policy"],
            response_not_available=given["response_not_available"],
            not_seen_because=given.get("not_seen_because", ""),
            discounted_because=given["discounted_because"],
            children={
                part: (given[f"child_{part}"], given[f"child_{part}_reason"]) for part, _name in self.children
            },
        )

    def field_of(self, reason: Reason) -> str | None:
        """The field beside which a reason of the rules belongs; none if another says the same already."""
        if reason.field == "pathway":
            level = self.cleaned_data.get("level", "")
            return pathway_field(level) if level else None
        if reason.field.startswith("child_") and self.cleaned_data.get(reason.field):
            return f"{reason.field}_reason"
        return reason.field

    @property
    def levels(self) -> dict[str, Any]:
        """For the page's script: each level's rank, the threshold's, and that which concerns all children."""
        policy = self.standing.policy
        return {
            "ranks": {level.code: level.rank for level in policy.levels},
            "policyRank": self.standing.policy_rank,
            "guardedFrom": policy.level(policy.second_person_from).rank,
        }

    def takes_two(self) -> list[tuple[str, str]]:
        """Why a choice here would take a second person, and which choices would."""
        policy, found = self.standing.policy, dict[str, list[str]]()
        for pathway in policy.pathways:
            for reason in second_person_reasons(Choice(pathway.level, pathway.id, ""), self.standing):
                found.setdefault(reason, []).append(pathway.label)
        return [(reason, "; ".join(labels)) for reason, labels in found.items()]

    @property
    def guarded(self) -> str:
        """The level from which the other children of the household must be decided for too."""
        policy = self.standing.policy
        return in_a_sentence(level_words(policy.level(policy.second_person_from), policy))

    def other_children(self) -> list[tuple[str, Any, Any]]:
        """Name and two questions for each other child, for the page."""
        return [(name, self[f"child_{part}"], self[f"child_{part}_reason"]) for part, name in self.children]


def pathway_field(level: str) -> str:
    return f"pathway_{level}"


def _way(key: str) -> str:
    if key in LOWERING and key in RAISING:
        return "For a higher or a lower level"
    return "For a lower level" if key in LOWERING else "For a higher level"


class SecondWordForm(fields.QuestionForm):
    word = fields.ChoiceField(
        label="Do you agree with this decision?",
        when_empty="Choose whether you agree",
        choices=[
            fields.Choice("agree", "I agree", hint="The decision takes effect at once."),
            fields.Choice("return", "I do not agree", hint="It goes back to be screened and decided again."),
        ],
    )
    reason = fields.LongTextField(
        label="Your reason",
        help_text="Whichever you choose. Read the record yourself first: you answer for this decision too.",
        when_empty="Write why you agree, or why you do not",
    )


class ReplyForm(fields.QuestionForm):
    outcome = fields.ChoiceField(
        label="Does the decision stand?",
        when_empty="Choose whether the decision stands or is taken again",
        choices=[
            fields.Choice(code, words, hint=hint)
            for (code, words), hint in zip(
                REPLIES,
                (
                    "What you write below is sent to the person who disagreed.",
                    "It comes to you to be screened and decided afresh. The old decision stays on record.",
                ),
                strict=True,
            )
        ],
    )
    reason = fields.LongTextField(
        label="Your answer and its reasons",
        help_text="In plain words, and without anything the person may not know.",
        when_empty="Write your answer and its reasons",
        rows=8,
    )
