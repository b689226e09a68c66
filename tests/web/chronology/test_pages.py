"""The pages of a family's story without scripting: what they show, filter, refuse, and leave unsaid."""

from collections.abc import Callable
from uuid import uuid4

from django.test import Client

from openmash.apps.audit.models import Event as Logged
from openmash.apps.directory.models import Person
from tests.apps.journey import raised
from tests.apps.told_family import child, link_as, told_family
from tests.cast import MONDAY, Cast

Enter = Callable[[Person], Client]


def test_the_whole_chronology_is_read_without_scripting(cast: Cast, as_person: Enter) -> None:
    family = told_family(cast)
    page = as_person(cast.screener).get(f"/children/{family.alex.pk}/")
    text = page.content.decode()
    assert page.status_code == 200
    for contact in (family.first, family.second, family.third, family.elsewhere):
        assert contact.reference in text
    assert text.index(family.first.reference) < text.index(family.third.reference)
    assert "The same adult elsewhere" in text and "Robert Pike" in text
    assert "C6a" in text and "Neglect adding up" in text
    assert "screens concerns in this locality" in text


def test_newest_first_and_one_agency(cast: Cast, as_person: Enter) -> None:
    family = told_family(cast)
    client = as_person(cast.screener)
    page = client.get(f"/children/{family.alex.pk}/", {"order": "newest"}).content.decode()
    rows = page[page.index("<tbody") :]
    assert rows.index(family.third.reference) < rows.index(family.first.reference)
    police = str(cast.police_officer.agency_id)
    page = client.get(f"/children/{family.alex.pk}/", {"agency": police}).content.decode()
    rows = page[page.index("<tbody") :]
    assert family.second.reference in rows and family.first.reference not in rows
    assert "This is not all of it" in page


def test_what_cannot_be_read_in_the_address_leaves_nothing_out(cast: Cast, as_person: Enter) -> None:
    family = told_family(cast)
    odd = {"child": "x" * 5000, "group": "nothing", "period": "-1", "order": "\x00"}
    page = as_person(cast.screener).get(f"/children/{family.alex.pk}/", odd)
    assert page.status_code == 200
    assert family.third.reference in page.content.decode()
    assert "This is not all of it" not in page.content.decode()


def test_a_choice_that_fits_nothing_says_so(cast: Cast, as_person: Enter) -> None:
    family = told_family(cast)
    page = as_person(cast.screener).get(f"/children/{family.alex.pk}/", {"child": str(uuid4())})
    assert "Nothing is recorded that fits what was chosen" in page.content.decode()


def test_of_what_may_not_be_seen_nothing_is_on_the_page_but_the_door_to_ask(
    cast: Cast, as_person: Enter
) -> None:
    family = told_family(cast, elsewhere=cast.elsewhere.pk)
    client = as_person(cast.screener)
    for url in (
        f"/children/{family.alex.pk}/",
        f"/children/{family.alex.pk}/genogram/",
        f"/children/contact/{family.second.pk}/",
        f"/screening/{family.second.pk}/",
    ):
        text = client.get(url).content.decode()
        assert "Southmere" in text, url
        for unsaid in (family.elsewhere.reference, "Tom Pike", "Elm Close", "Elm Street Surgery", "20 April"):
            assert unsaid not in text, (url, unsaid)


def test_the_words_of_a_link_with_what_may_not_be_seen_stay_unsaid(cast: Cast, as_person: Enter) -> None:
    seen = raised(cast, "A10", parts=(child(),), now=MONDAY)
    hidden = raised(cast, "A10", parts=(child(),), locality_id=cast.elsewhere.pk, now=MONDAY)
    link_as(cast.partner, seen, hidden)
    text = as_person(cast.screener).get(f"/children/contact/{seen.pk}/").content.decode()
    assert "was said to be the same person" not in text
    assert "The same child." not in text


def test_nobody_without_a_ground_reads_it_and_the_try_is_recorded(cast: Cast, as_person: Enter) -> None:
    family = told_family(cast)
    for url in (
        f"/children/{family.alex.pk}/",
        f"/children/{family.alex.pk}/genogram/",
        f"/children/contact/{family.first.pk}/",
        f"/children/contact/{family.first.pk}/genogram/",
    ):
        assert as_person(cast.teacher).get(url).status_code == 403
        assert Client().get(url).status_code == 302
    refused = Logged.objects.filter(outcome="refused", by_id=cast.teacher.pk)
    assert {each.verb for each in refused} == {"see_chronology"}
    assert not Logged.objects.filter(verb__startswith="see_in_", by_id=cast.teacher.pk).exists()


def test_nobody_is_known_by_a_made_up_number(cast: Cast, as_person: Enter) -> None:
    client = as_person(cast.screener)
    for url in ("/children/{}/", "/children/{}/genogram/", "/children/contact/{}/"):
        assert client.get(url.format(uuid4())).status_code == 404


def test_the_genogram_is_an_image_with_all_of_it_in_words(cast: Cast, as_person: Enter) -> None:
    family = told_family(cast)
    text = as_person(cast.screener).get(f"/children/{family.alex.pk}/genogram/").content.decode()
    assert 'role="img"' in text and "<title" in text and "<desc" in text
    assert "style=" not in text[text.index("<svg") : text.index("</svg>")]
    assert "Rob Pike is the partner of Amina Winter. Said by Police Officer" in text
    assert "Taken from the part “Other child in the household”" in text
    assert "Drawn once because the name is the same" in text


def test_the_page_of_a_contact_has_it_in_short_with_the_way_to_the_whole(
    cast: Cast, as_person: Enter
) -> None:
    family = told_family(cast)
    text = as_person(cast.screener).get(f"/screening/{family.third.pk}/").content.decode()
    assert f"/children/contact/{family.third.pk}/" in text
    assert f"/children/contact/{family.third.pk}/genogram/" in text
    assert "Counts towards rule </span>C6a" in text
    assert "The same adult elsewhere" in text


def test_words_of_any_kind_are_shown_as_they_were_typed(cast: Cast, as_person: Enter) -> None:
    odd = "<script>alert(1)</script> ثم قالت " + "x" * 4000
    contact = raised(cast, "A10", parts=(child("<b>Ål</b>" * 40),), account=odd, now=MONDAY)
    for url in (f"/children/contact/{contact.pk}/", f"/children/contact/{contact.pk}/genogram/"):
        text = as_person(cast.screener).get(url).content.decode()
        assert "<script>alert" not in text and "<b>Ål" not in text


def test_a_contact_about_nobody_has_a_chronology_and_an_empty_drawing(cast: Cast, as_person: Enter) -> None:
    contact = raised(cast, "A10", parts=(child(""),), now=MONDAY)
    client = as_person(cast.screener)
    assert client.get(f"/children/contact/{contact.pk}/").status_code == 200
    assert "Name not known" in client.get(f"/children/contact/{contact.pk}/genogram/").content.decode()
