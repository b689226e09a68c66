"""A draft as a workbook that was changed elsewhere: kept only after one has seen what it would change."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from openmash.engines.thresholds import Policy, PolicyErrors, parse
from openmash.engines.thresholds.text.archive import LARGEST_FILE
from openmash.engines.thresholds.text.workbook import from_workbook
from openmash.web.drafting.faults import where_and_what
from openmash.web.drafting.forms.other import UploadForm
from openmash.web.drafting.forms.row import ReasonForm
from openmash.web.drafting.keeping import Change, respond
from openmash.web.drafting.opening import begin, not_possible, shown
from openmash.web.drafting.presenters.changes import changes_shown

LARGEST_REQUEST = LARGEST_FILE + 100_000
"""Bytes: the largest workbook, and the words that come with it."""


class KeepForm(ReasonForm):
    """What was read from the workbook, as it was shown."""

    texts = forms.JSONField(widget=forms.HiddenInput, error_messages={"invalid": "Upload the workbook again"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget = forms.HiddenInput()

    def clean_texts(self) -> Mapping[str, str]:
        texts = self.cleaned_data["texts"]
        if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
            raise ValidationError("Upload the workbook again")
        return texts


@csrf_exempt  # the form's own token is looked at below, once the size is known to be bearable
def upload_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload a changed workbook. What is larger than any policy is refused before it is read."""
    declared = request.META.get("CONTENT_LENGTH") or "0"
    if not declared.isdecimal() or int(declared) > LARGEST_REQUEST:
        return render(request, "drafting/too_large.html", {"back": request.path}, status=413)
    return _upload(request, pk)


@csrf_protect
def _upload(request: HttpRequest, pk: int) -> HttpResponse:
    begun = begin(request, pk, to="revise_draft")
    if "revise_draft" not in begun.opened.may:
        return not_possible(
            begun, f"This draft is {begun.opened.state.label.lower()}, so it cannot be changed."
        )
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            texts = from_workbook(form.cleaned_data["file"].read())
            return _preview(begun, form, texts, parse(texts))
        except PolicyErrors as wrong:
            for fault in wrong.errors:
                form.add_error("file", where_and_what(fault))
    return shown(begun, "upload_workbook", {"form": form, "seen": begun.seen})


def _preview(begun: Any, form: UploadForm, texts: Mapping[str, str], policy: Policy) -> HttpResponse:
    before = begun.as_seen()[1]
    keep = KeepForm(initial={"texts": dict(texts), "reason": form.cleaned_data["reason"]})
    context = {
        "form": keep,
        "reason": form.cleaned_data["reason"],
        "changes": changes_shown(before, policy),
        "seen": begun.seen,
    }
    return shown(begun, "preview_workbook", context)


def keep_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was read from a workbook, after having seen what it changes."""
    begun = begin(request, pk, to="revise_draft")
    if request.method != "POST":
        return not_possible(begun, "Upload the workbook first.")
    form = KeepForm(request.POST)
    return respond(
        Change(
            begun=begun,
            form=form,
            template="preview_workbook",
            title="Keep this workbook",
            button="Keep these changes",
            texts=lambda: form.cleaned_data["texts"],
            done="The workbook’s changes have been kept.",
            go_to=reverse("drafting:draft", args=[pk]),
            action=request.path,
            # A whole workbook sent against another revision would undo what somebody else did.
            action_now=lambda fresh: None,
        )
    )
