"""Whether a person may be known already, while they are typed in; and taking over what was told before.

What is typed is posted: names stand in no address and in no log of addresses. Whoever is not signed in is told
to sign in, whatever they post, before anything of it is read.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from openmash.web.raising.journey import TOLD_BEFORE, Journey
from openmash.web.raising.keeping import keep, keep_posted
from openmash.web.raising.known import known_on
from openmash.web.raising.opening import with_journey_signed_in
from openmash.web.raising.prefill import only_where_empty
from openmash.web.raising.telling_again import told_in_part
from openmash.web.raising.typed import first, typed_in


@with_journey_signed_in
@require_POST
def known_while_typing(request: HttpRequest, journey: Journey, page: str) -> HttpResponse:
    """A piece of the page, or nothing."""
    if not journey.is_about_a_person(page):
        raise Http404
    known = known_on(request, journey, page, typed_in(request.POST)[0])
    if not known:
        return HttpResponse(status=204)
    return render(request, "raising/known.html", {"known": known, "use_url": journey.url("use_known", page)})


@with_journey_signed_in
@require_POST
def use_known(request: HttpRequest, journey: Journey, page: str) -> HttpResponse:
    """Fill what is still empty on the page from what the same person told before. What is typed stays."""
    if not journey.is_about_a_person(page):
        raise Http404
    chosen = request.POST.get("_use", "")
    journey, _replaced = keep_posted(request, journey, page)
    told = told_in_part(chosen, page, by=request.user, now=journey.now)
    if told is None:
        raise Http404
    journey = keep(request, journey, page, only_where_empty(told.page, journey.values(page)))
    if told.said and not first(journey.values(TOLD_BEFORE), "contact"):
        journey = keep(request, journey, TOLD_BEFORE, {**told.said, "child": [page]})
    return redirect(journey.page_url(page))
