"""Any version or draft to take away: as a workbook, as SQL, or as DMN."""

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from openmash.apps.policy.permission import permitted
from openmash.apps.policy.queries import adopted
from openmash.engines.thresholds import Policy
from openmash.engines.thresholds.elsewhere.dmn import as_dmn
from openmash.engines.thresholds.elsewhere.sql import DIALECTS, as_sql, as_table
from openmash.engines.thresholds.text.workbook import to_workbook
from openmash.web.drafting.opening import begin, somebody

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
def draft(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """The latest revision of a draft."""
    begun = begin(request, pk)
    return _file(request, begun.opened.policy, what, f"draft-revision-{begun.opened.revision.number}")


@require_GET
def version(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """An adopted version."""
    permitted("see_drafts", "policy", pk, by=somebody(request), now=timezone.localtime())
    try:
        return _file(request, adopted(pk).policy, what, "adopted")
    except ObjectDoesNotExist:
        raise Http404 from None


def _file(request: HttpRequest, policy: Policy, what: str, state: str) -> HttpResponse:
    gate = request.GET.get("gate", policy.gates[0].id)
    dialect = request.GET.get("dialect", DIALECTS[0])
    if gate not in policy.gates_by_id or dialect not in DIALECTS:
        raise Http404
    name = f"threshold-{policy.version.replace(' ', '-')}-{state}"
    if what == "workbook":
        return _attached(to_workbook(policy.sources), EXCEL, f"{name}.xlsx")
    if what == "sql":
        text = f"{as_table(policy, dialect=dialect)}\n{as_sql(policy, gate, dialect=dialect)}"
        return _attached(text.encode(), "application/sql; charset=utf-8", f"{name}-{gate}-{dialect}.sql")
    if what == "dmn":
        return _attached(as_dmn(policy, gate).encode(), "application/xml", f"{name}-{gate}.dmn")
    raise Http404


def _attached(data: bytes, kind: str, name: str) -> HttpResponse:
    # Everything in a name is a letter, digit, dot or hyphen: versions, gates and dialects allow no more.
    kept = "".join(
        letter if letter.isascii() and (letter.isalnum() or letter in ".-_") else "-" for letter in name
    )
    return HttpResponse(
        data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{kept}"'}
    )
