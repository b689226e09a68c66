"""The pages for what goes wrong, in plain words. What somebody typed is shown back to them, never dropped."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

NEVER_SHOWN_BACK = ("csrf", "password", "code", "token", "credential")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent):
        return render(request, "413.html", status=413)
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without the frame's own look-ups: whatever broke may break those too."""
    return render(None, "500.html", status=500)


def form_out_of_date(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's hidden token does not fit: the page was open across a sign-in, or was not ours."""
    return render(request, "form_out_of_date.html", {"typed": what_was_typed(request)}, status=403)


def signed_out(request: HttpRequest) -> HttpResponse:
    """A form arrived after its sender's session had ended."""
    context = {"typed": what_was_typed(request), "sign_in": reverse("account_login")}
    return render(request, "signed_out.html", context, status=401)


def what_was_typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Every answer that was sent, with a readable name, leaving out secrets."""
    answers = []
    for name, values in request.POST.lists():
        if not any(secret in name.lower() for secret in NEVER_SHOWN_BACK):
            answers += [(name.replace("_", " ").capitalize(), value) for value in values if value.strip()]
    return answers
