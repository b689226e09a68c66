"""Reading: every version and draft, one draft with its check, and its tables."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from openmash.apps.policy.permission import may
from openmash.apps.policy.queries import versions as every_version
from openmash.apps.policy.queries.checking import prove
from openmash.apps.policy.queries.drafts import adoptions_visible_to, drafts_visible_to
from openmash.engines.thresholds.elsewhere.sql import DIALECTS
from openmash.web.drafting.opening import TAGS, begin, shown, somebody
from openmash.web.drafting.presenters.changes import changes_shown
from openmash.web.drafting.presenters.draft import check_shown, deeds, printed, tables_in
from openmash.web.drafting.presenters.rows import rows_shown
from openmash.web.drafting.tables import BY_SLUG


@require_GET
def versions(request: HttpRequest) -> HttpResponse:
    """Every adopted version with its decision, and every draft with where it stands."""
    now, by = timezone.localtime(), somebody(request)
    standing = {each.pk: each for each in every_version()}
    context = {
        "adoptions": [
            (each, standing[each.pk], standing[each.pk].is_in_force(now), standing[each.pk].is_to_come(now))
            for each in adoptions_visible_to(by, now)
        ],
        "drafts": [(draft, state, TAGS[state]) for draft, state in drafts_visible_to(by, now)],
        "may_begin": may("begin_draft", by, now),
    }
    return render(request, "drafting/versions.html", context)


@require_GET
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """One draft: what it is for, what changed, what the check says, and who did what."""
    begun = begin(request, pk)
    opened = begun.opened
    context = {
        "opened": opened,
        "check": check_shown(opened),
        "changes": changes_shown(opened.base.policy, opened.policy),
        "tables": tables_in(opened.policy),
        "deeds": deeds(opened),
        "printed": printed(opened.policy),
        "gates": opened.policy.gates,
        "dialects": DIALECTS,
        "adopted_as": next((move.adopted_id for move in opened.moves if move.adopted_id), None),
    }
    return shown(begun, "draft", context)


@require_POST
def prove_draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Prove the latest revision for every possible case."""
    begun = begin(request, pk)
    found = prove(begun.opened.revision.digest, begun.opened.revision.pk)
    if found.stopped:
        messages.error(request, "The proof could not be finished.")
    elif found.sound:
        messages.success(request, "Proved for every possible case.")
    else:
        messages.error(request, "The proof found something that must be put right.")
    return redirect(f"{request.path.removesuffix('prove/')}#check")


@require_GET
def table(request: HttpRequest, pk: int, table: str) -> HttpResponse:
    """One table to read and to search in."""
    begun = begin(request, pk)
    if table not in BY_SLUG:
        raise Http404
    typed = request.GET.get("page", "")
    page = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else 1
    words = request.GET.get("words", "")[:200]
    found = rows_shown(BY_SLUG[table], begun.opened.policy, begun.opened.base.policy, words=words, page=page)
    return shown(
        begun,
        "table",
        {"table": BY_SLUG[table], "found": found, "words": words, "tables": tables_in(begun.opened.policy)},
    )
