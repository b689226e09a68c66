"""A round as it is being put together: one form, and one more for each vignette of one's own.

Everything travels with the page: nothing is kept until the round begins, and nothing typed is lost.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from openmash.apps.policy.actions.calibrating import VignetteTold, why_not_vignettes
from openmash.apps.policy.rules import why_not_begin
from openmash.engines.thresholds import Policy
from openmash.web.layout.fields import QuestionForm
from openmash.web.layout.rendering import first_input_id
from openmash.web.understanding.forms import RoundForm, VignetteForm

MOST_OWN = 20
LASTS = timedelta(days=14)


@dataclass
class Begun:
    """What has been typed so far."""

    form: RoundForm
    own: list[VignetteForm]
    policy: Policy
    now: datetime

    def is_valid(self) -> bool:
        """Whether a round can begin with it; if not, each form says what is lacking."""
        if not all(form.is_valid() for form in (self.form, *self.own)):
            return False
        opens_at, closes_at = self.form.moments(self.now)
        title = self.form.cleaned_data["title"]
        for reason in why_not_begin(title, opens_at, closes_at, len(self.vignettes())):
            self.form.add_error(reason.field if reason.field in self.form.fields else None, reason.text)
        for form in self._filled():
            for reason in why_not_vignettes([form.told()], self.policy):
                form.add_error(form.field_of(reason.text), reason.text)
        return not self.errors

    def vignettes(self) -> list[VignetteTold]:
        """The chosen examples, then one's own."""
        return [*self.form.chosen(), *(form.told() for form in self._filled())]

    def _filled(self) -> list[VignetteForm]:
        return [form for form in self.own if not form.is_empty]

    @property
    def errors(self) -> list[dict[str, str]]:
        """What is wrong with any of the forms, each with its place on the page."""
        return [each for form in (self.form, *self.own) if form.is_bound for each in _errors(form)]


def _errors(form: QuestionForm) -> list[dict[str, str]]:
    listed = [{"text": str(error)} for error in form.non_field_errors()]
    for bound in form:
        listed += [{"text": str(error), "href": f"#{first_input_id(bound)}"} for error in bound.errors]
    return listed


def begun(request: HttpRequest, policy: Policy, now: datetime) -> Begun:
    """What the page sent. Where nobody asked for it to be checked, it is only shown again, without faults."""
    step = request.POST.get("go", "")
    typed = request.POST.get("own", "")
    own = min(int(typed), MOST_OWN) if typed.isascii() and typed.isdecimal() and len(typed) < 4 else 0
    own = min(own + 1, MOST_OWN) if step == "add" else own
    if step in ("check", "begin"):
        form = RoundForm(request.POST, policy=policy)
        forms = [VignetteForm(request.POST, policy=policy, prefix=f"own_{place}") for place in range(own)]
        return Begun(form, forms, policy, now)
    was_sent = request.method == "POST"
    first = {} if was_sent else {"opens": now.date(), "closes": now.date() + LASTS}
    form = RoundForm(policy=policy, initial=first)
    forms = [VignetteForm(policy=policy, prefix=f"own_{place}") for place in range(own)]
    if was_sent:
        for each in (form, *forms):
            each.initial = _as_typed(each, request)
    return Begun(form, forms, policy, now)


def _as_typed(form: QuestionForm, request: HttpRequest) -> dict[str, Any]:
    return {
        name: field.widget.value_from_datadict(request.POST, request.FILES, form.add_prefix(name))
        for name, field in form.fields.items()
    }
