"""A child with a plan in another area has moved here: the notice, held under that plan from then on."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from openmash.apps.casework.actions import receiving
from openmash.apps.casework.errors import Incomplete, NotPossibleNow
from openmash.apps.casework.queries.receiving import look_at_notice
from openmash.web.casework.acting import not_possible
from openmash.web.casework.forms.pieces import moment_in
from openmash.web.casework.forms.receiving import ReceiveForm
from openmash.web.casework.presenters import child_name
from openmash.web.layout.acting import somebody


def receive_transfer(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Hold the children of a notice here under the plan of the area they come from."""
    by, now, back = somebody(request), timezone.now(), ("screening:contact", contact_id)
    try:
        contact = look_at_notice(contact_id, by=by, now=now)
    except ObjectDoesNotExist as nowhere:
        raise Http404 from nowhere
    form = ReceiveForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        notice = receiving.Notice(
            from_area=given["from_area"],
            key_worker=given["key_worker"],
            plan=given["plan"],
            category=given["category"],
            plan_since=given["plan_since"],
            notice_at=moment_in(form, "notice", has_been=True),
            records=form.records(),
        )
        try:
            if not form.errors:
                received = receiving.receive_transfer(
                    contact_id=contact_id, notice=notice, reason=given["reason"], by=by, now=now
                )
                names = ", ".join(child_name(case) for case in received.held)
                messages.success(request, f"{names}: held here under the plan of {notice.from_area}.")
                for each in received.not_held:
                    messages.warning(request, f"{child_name(each.case)}: not held here. {each.why}")
                return redirect(*back)
        except Incomplete as lacking:
            for reason in lacking.reasons:
                form.add_error(reason.field, reason.text)
        except NotPossibleNow as refused:
            return not_possible(request, refused.reason, back, form)
    context = {"form": form, "contact": contact, "back": redirect(*back)["Location"], "button": "Hold here"}
    return render(request, "casework/receive.html", context)
