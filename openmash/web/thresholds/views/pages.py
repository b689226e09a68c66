"""What each page is made of: its template and what stands in it. The same for the screen and for PDF."""

from typing import Any, NamedTuple

from django.http import Http404

from openmash.apps.policy.queries import adopted
from openmash.engines.thresholds.plain.changes import changes_between
from openmash.engines.thresholds.plain.names import fingerprint
from openmash.web.thresholds.presenters.audiences import AUDIENCES, sheet_of
from openmash.web.thresholds.presenters.document import document_of
from openmash.web.thresholds.presenters.easy_read import easy_read_of
from openmash.web.thresholds.views.finding import Shown


class PageShown(NamedTuple):
    """A template, and its context."""

    template: str
    context: dict[str, Any]


def whole_document(shown: Shown) -> PageShown:
    """The full document."""
    context = {"document": document_of(shown.policy), "audiences": tuple(AUDIENCES.values())}
    return PageShown("thresholds/document.html", _with(shown, context))


def sheet(shown: Shown, audience: str) -> PageShown:
    """One audience's sheet.

    Raises:
        Http404: there is no such audience.
    """
    if audience not in AUDIENCES:
        raise Http404
    found = AUDIENCES[audience]
    context = {"audience": found, "sheet": sheet_of(found, shown.policy)}
    return PageShown("thresholds/audience.html", _with(shown, context))


def easy_read(shown: Shown) -> PageShown:
    """The page in short sentences."""
    return PageShown("thresholds/easy_read.html", _with(shown, {"easy": easy_read_of(shown.policy)}))


def list_of_changes(shown: Shown) -> PageShown:
    """What changed from the version before, and the fingerprint of every version."""
    before = adopted(shown.before.pk).policy if shown.before else None
    context = {
        "before": before,
        "files": changes_between(before, shown.policy) if before else (),
        "fingerprints": [(each, fingerprint(adopted(each.pk).policy.digest)) for each in shown.versions],
    }
    return PageShown("thresholds/changes.html", _with(shown, context))


def _with(shown: Shown, context: dict[str, Any]) -> dict[str, Any]:
    return {"shown": shown, "policy": shown.policy, "this": shown.this, "versions": shown.versions, **context}
