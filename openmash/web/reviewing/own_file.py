"""The review of concerns from files: a census of one or several years, or a list of concerns. Nothing is kept."""

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from openmash.apps.review.local.records import may_review_a_file
from openmash.apps.review.local.review import Local
from openmash.apps.review.local.review import local as review_of
from openmash.apps.review.sheets import as_workbook
from openmash.engines.review.local.history import CannotRead, History
from openmash.engines.review.local.readers.census import read_census
from openmash.engines.review.local.readers.concerns import read_concerns
from openmash.web.layout.acting import somebody
from openmash.web.layout.fields import QuestionForm
from openmash.web.reviewing.presenters.local import page_of
from openmash.web.reviewing.views import XLSX, file

LARGEST = 40_000_000
"""Bytes of all files together: what is larger takes too long while somebody waits for a page."""
SHOWN_FAULTS = 200


class _Several(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        return list(files.getlist(name))


class SeveralFiles(forms.FileField):
    """One file or several."""

    widget = _Several

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(SeveralFiles, self).clean(each, initial) for each in data or [None]]


class FilesForm(QuestionForm):
    """The files to review."""

    file = SeveralFiles(
        label="The files",
        help_text="Children in need census (XML), one file for each year; or one list of concerns (CSV). "
        f"At most {LARGEST // 1_000_000} MB together.",
        error_messages={"required": "Choose a file", "empty": "The file is empty"},
    )

    def clean_file(self) -> list[Any]:
        every: list[Any] = self.cleaned_data["file"]
        kinds = {_kind(each.name) for each in every}
        if "" in kinds:
            raise ValidationError("Choose files that end in .xml (census) or .csv (list of concerns)")
        if len(kinds) > 1 or (kinds == {"csv"} and len(every) > 1):
            raise ValidationError("Choose either census files, or one list of concerns")
        return every


def _kind(name: str) -> str:
    ending = name.rpartition(".")[2].lower()
    return ending if ending in {"xml", "csv"} else ""


@csrf_exempt  # the form's own token is looked at below, once the size is known to be bearable
@require_http_methods(["GET", "HEAD", "POST"])
def own_file(request: HttpRequest) -> HttpResponse:
    """Choose files, and see their review. What is far too large is refused before it is read."""
    declared = request.META.get("CONTENT_LENGTH") or "0"
    if not declared.isdecimal() or int(declared) > LARGEST + 100_000:
        return render(request, "reviewing/too_large.html", {"most": LARGEST // 1_000_000}, status=413)
    return _own_file(request)


@csrf_protect
def _own_file(request: HttpRequest) -> HttpResponse:
    may_review_a_file(by=somebody(request), now=timezone.now())
    sent = request.method == "POST"
    form = FilesForm(request.POST, request.FILES) if sent else FilesForm()
    if sent and form.is_valid():
        try:
            found = _read(form.cleaned_data["file"], timezone.localdate())
        except CannotRead as wrong:
            form.add_error("file", str(wrong))
        else:
            return _shown(request, found)
    return render(request, "reviewing/own_file.html", {"form": form})


def _read(files: Sequence[Any], today: date) -> History:
    """The history in the files, which stand in a folder only while they are read."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, each in enumerate(files):
            path = Path(folder) / str(number)
            with path.open("wb") as to:
                for piece in each.chunks():
                    to.write(piece)
            paths.append(path)
        if _kind(files[0].name) == "csv":
            return read_concerns(paths[0], today)
        return read_census(paths, today, [each.name for each in files])


def _shown(request: HttpRequest, found: History) -> HttpResponse:
    may_review_a_file(by=somebody(request), now=timezone.now(), concerns=found.contacts.num_rows)
    review: Local = review_of(found)
    if "keep" in request.POST:
        made = as_workbook(review.sheets, f"Review to {review.followed_to}")
        return file(made, XLSX, f"review-{review.followed_to}.xlsx")
    more = max(0, len(review.faults) - SHOWN_FAULTS)
    context = {"page": page_of(review), "faults": review.faults[:SHOWN_FAULTS], "more": more, "of_file": True}
    return render(request, "reviewing/local.html", context)
