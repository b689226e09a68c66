from django.urls import reverse

from tests.cast import Cast
from tests.web.screening import stages
from tests.web.screening.pages import SignedIn, address


def test_smoke(cast: Cast, as_person: SignedIn) -> None:
    contact = stages.screening(cast)
    client = as_person(cast.screener)
    for url in (
        reverse("screening:worklist"),
        address("contact", contact),
        address("decide", contact),
        address("choose_sign", contact),
        address("record_fact", contact),
    ):
        answer = client.get(url)
        assert answer.status_code == 200, url
