"""Where other installations reach our holders and our keeper. Signed requests alone; answers in plain bytes.

Off, and not to be found, unless this installation has a name, a key and a list of the others.
"""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from openmash.apps.access.errors import Refused
from openmash.apps.audit.actions import record_refusal
from openmash.apps.private_asking.actions.answering_others import answer_other, evaluate_for_other
from openmash.apps.private_asking.between.installations import ours
from openmash.apps.private_asking.between.signing import NotSigned, whose
from openmash.apps.private_asking.between.told import SIZE
from openmash.apps.private_asking.errors import CannotBeAsked
from openmash.engines.matching.private.errors import MessageRefused, NotInstalled
from openmash.web.layout.access import public

logger = logging.getLogger(__name__)
HOLDER_BYTES, KEEPER_BYTES = SIZE + 1_044, 280
Serve = Callable[..., bytes]


@public
@csrf_exempt
@require_POST
def holder(request: HttpRequest) -> HttpResponse:
    """Points of another installation's question, under the key of the agency asked."""
    return _serve(request, evaluate_for_other, size=HOLDER_BYTES)


@public
@csrf_exempt
@require_POST
def keeper(request: HttpRequest) -> HttpResponse:
    """The answer to the same question."""
    return _serve(request, answer_other, size=KEEPER_BYTES)


def _serve(request: HttpRequest, serve: Serve, *, size: int) -> HttpResponse:
    us, now = ours(), timezone.now()
    if us is None:
        raise Http404
    if request.headers.get("Content-Length") != str(size):
        return _refused(f"A message to this address has {size} bytes.", 400)
    try:
        other = whose(request.headers, request.body, path=request.path, to=us, at=int(now.timestamp()))
    except NotSigned as not_signed:
        logger.warning(
            "A private question was refused: %s", not_signed
        )  # unsigned requests must not fill the log
        return _refused(str(not_signed), 401)
    return _answered(request, serve, other.name, now)


def _answered(request: HttpRequest, serve: Serve, other: str, now: datetime) -> HttpResponse:
    try:
        with transaction.atomic():
            answer = serve(other, request.body, now=now)
    except Refused as refused:
        record_refusal(by=None, refusal=refused, now=now, path=request.path)
        return _refused(refused.reason, 403)
    except CannotBeAsked as cannot:
        return _refused(cannot.reason, 409)
    except MessageRefused as no_message:
        return _refused(str(no_message), 400)
    except NotInstalled:
        return _refused("Asking this way is not set up here.", 503)
    return HttpResponse(answer, content_type="application/octet-stream")


def _refused(why: str, status: int) -> HttpResponse:
    return HttpResponse(why, status=status, content_type="text/plain; charset=utf-8")
