"""Which two versions to compare."""

from typing import Any

from openmash.apps.policy.queries import Version
from openmash.web.layout.fields import QuestionForm, SelectField


class TwoVersions(QuestionForm):
    """Any two versions that were adopted, the earlier one first."""

    before = SelectField(label="Compare", label_size="s", when_empty="Choose the version to compare from")
    after = SelectField(label="with", label_size="s", when_empty="Choose the version to compare with")

    def __init__(self, data: Any, versions: list[Version]) -> None:
        super().__init__(data)
        offered = [(str(each.pk), f"Version {each.version}: {each.title}") for each in versions]
        for name in ("before", "after"):
            field = self.fields[name]
            if isinstance(field, SelectField):
                field.offer(offered)

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get("before") and answers.get("before") == answers.get("after"):
            self.add_error("after", "Choose two different versions")
        return answers
