"""Every page is closed unless it is named here. Adding a line is the partnership's decision."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from openmash.web.layout.access import is_public
from openmash.web.layout.navigation import ITEMS

SIGNING_IN = {
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "openid_connect_callback",
    "openid_connect_login",
    "sign_in_as_persona",
    "socialaccount_login_cancelled",
    "socialaccount_login_error",
}
SAYING_NO = {  # pages that only say that the partnership looks after accounts
    "account_email",
    "account_email_verification_sent",
    "account_signup",
    "socialaccount_connections",
    "socialaccount_signup",
}
# Other installations sign their requests; nobody signs in. Not to be found unless this is set up.
FOR_OTHER_INSTALLATIONS = {"asking:between_holder", "asking:between_keeper"}
# A neighbour needs no account to raise a concern, ask for advice, read the threshold, or hear back.
FOR_NEIGHBOURS = {
    "home",
    "hearing_back:acknowledge",
    "hearing_back:add_information",
    "hearing_back:contact",
    "hearing_back:disagree",
    "hearing_back:find",
    "hearing_back:finish",
    "hearing_back:leave",
    "keeping:how_long",
    "thresholds:audience",
    "thresholds:audience_pdf",
    "thresholds:changes",
    "thresholds:document",
    "thresholds:document_pdf",
    "thresholds:easy_read",
    "thresholds:easy_read_pdf",
    "thresholds:stamp",
    "thresholds:texts",
    "thresholds:version",
}
# Every page of the two journeys, which are drawn alike: `raising` tells us of a concern, `advice` asks a question.
OF_A_DRAFT = {
    "check",
    "child",
    "children",
    "delete",
    "keep",
    "make_concern",
    "page",
    "people",
    "person",
    "remove_child",
    "remove_person",
    "ring_first",
    "send",
    "start",
    "task_list",
    "which_child_of_draft",
}
JOURNEYS = {f"{journey}:{page}" for journey in ("raising", "advice") for page in OF_A_DRAFT}
AFTER_SENDING = {"raising:answer_at_once", "raising:disagree", "raising:from_advice"}
MAY_I_SHARE = {"sharing:start", "sharing:questions", "sharing:grounds"}
BESIDE_THE_COUNTRY = {"reviewing:national", "reviewing:table", "reviewing:workbook"}  # published tables only
OPEN_TO_EVERYBODY = (
    BESIDE_THE_COUNTRY
    | MAY_I_SHARE
    | JOURNEYS
    | AFTER_SENDING
    | SIGNING_IN
    | SAYING_NO
    | FOR_NEIGHBOURS
    | FOR_OTHER_INSTALLATIONS
)


def every_page(
    patterns: list[URLPattern | URLResolver] | None = None, namespace: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from every_page(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name}", pattern


def test_only_the_named_pages_are_open_to_everybody() -> None:
    found = {name for name, pattern in every_page() if is_public(pattern.callback)}
    assert found == OPEN_TO_EVERYBODY


def test_every_page_has_a_name() -> None:
    assert [pattern for name, pattern in every_page() if name.endswith("None")] == []


def example_address(name: str, pattern: URLPattern) -> str:
    examples = {"int": 1, "uuid": "00000000-0000-4000-8000-000000000000", "slug": "x", "str": "x"}
    converters = pattern.pattern.converters
    kinds = {key: type(kind).__name__.removesuffix("Converter").lower() for key, kind in converters.items()}
    kinds = {key: "str" if kind == "string" else kind for key, kind in kinds.items()}
    return reverse(name, kwargs={key: examples[kind] for key, kind in kinds.items()})


@pytest.mark.django_db
def test_every_other_page_sends_strangers_to_sign_in(client: Client) -> None:
    asked = 0
    for name, pattern in every_page():
        if name not in OPEN_TO_EVERYBODY:
            address = example_address(name, pattern)
            answer = client.get(address)
            assert (answer.status_code, answer["Location"]) == (
                302,
                f"{reverse('account_login')}?next={address}",
            )
            assert client.post(address, {"story": "what I saw"}).status_code == 401, name
            asked += 1
    assert asked > 10


def test_every_link_at_the_top_of_the_page_leads_somewhere() -> None:
    assert all(reverse(item.url_name) for item in ITEMS)
