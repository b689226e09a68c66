"""The links at the top of every page, and who sees which."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from openmash.apps.access.grounds import ROLE_GROUNDS
from openmash.apps.policy.rules import LEADS_ON_THE_THRESHOLD

WORKS_IN_THE_HUB = frozenset(ROLE_GROUNDS)


@dataclass(frozen=True)
class Item:
    """A link, and a sentence about where it leads, for the front page.

    Without `roles` it is for anyone; `signed_in` asks for an account, `signed_out` for none. What is not needed
    every day is `under_more`: on the front page for everybody signed in, and in the bar only while one is there.
    """

    label: str
    url_name: str
    about: str
    signed_in: bool = False
    signed_out: bool = False
    roles: frozenset[str] = frozenset()
    under_more: bool = False


ITEMS = (
    Item(
        "Raise a concern",
        "raising:start",
        "Tell us what you have seen or heard. You can stop and come back to it.",
    ),
    Item(
        "Ask for advice", "advice:start", "Talk it over with a social worker, with or without naming a child."
    ),
    Item(
        "Can I share this?",
        "sharing:start",
        "A few questions, a plain answer, the ground, and what to write down.",
        under_more=True,
    ),
    Item(
        "My concerns",
        "hearing_back:mine",
        "What became of what you told us, and how to disagree.",
        signed_in=True,
    ),
    Item(
        "Read an answer",
        "hearing_back:find",
        "You raised a concern without an account: use the reference and the code you were given.",
        signed_out=True,
    ),
    Item(
        "Worklist",
        "screening:worklist",
        "What is waiting for you, the most pressing first.",
        signed_in=True,
        roles=WORKS_IN_THE_HUB,
    ),
    Item(
        "Work",
        "casework:worklist",
        "The children you work with, meetings you are invited to, and what is due.",
        signed_in=True,
    ),
    Item(
        "Requests",
        "requests:lists",
        "What agencies ask of one another about a child, what they answer, and what was shared or not.",
        signed_in=True,
    ),
    Item(
        "Registers",
        "register_linking:registers",
        "Hand over a register of your agency, link two, and say which rows are one person.",
        signed_in=True,
        roles=frozenset({"safeguarding_lead", "manager", "screening_practitioner"}),
        under_more=True,
    ),
    Item(
        "Ask privately",
        "asking:start",
        "Find out whether another agency knows a child, without handing over who it is, or its list.",
        signed_in=True,
        roles=frozenset({"safeguarding_lead", "manager", "screening_practitioner"}),
        under_more=True,
    ),
    Item(
        "Understanding",
        "understanding:acknowledge",
        "Acknowledge the threshold in force, and see whether you read it as others do.",
        signed_in=True,
        under_more=True,
    ),
    Item(
        "Threshold drafts",
        "drafting:versions",
        "Write the next version of the threshold, have it checked, and adopt it.",
        signed_in=True,
        roles=LEADS_ON_THE_THRESHOLD,
        under_more=True,
    ),
    Item(
        "Who looked",
        "oversight:start",
        "Who has opened a record, and which looks are worth a question.",
        signed_in=True,
        roles=frozenset({"manager", "head_of_service", "safeguarding_partner"}),
        under_more=True,
    ),
    Item(
        "Keeping records",
        "keeping:start",
        "Records whose time is over, and what holds them. Nothing goes by itself.",
        signed_in=True,
        roles=frozenset({"manager", "team_manager", "head_of_service", "safeguarding_partner"}),
        under_more=True,
    ),
    Item(
        "Own records",
        "subject_access:start",
        "Somebody asks what is recorded about them: gathered, reviewed piece by piece, and given.",
        signed_in=True,
        roles=frozenset({"head_of_service", "safeguarding_partner"}),
        under_more=True,
    ),
    Item(
        "Try a case",
        "trying:start",
        "Make up a case and read what the threshold says of it.",
        signed_in=True,
        under_more=True,
    ),
    Item(
        "Review",
        "reviewing:national",
        "Your area beside the ten most like it, England and its own earlier years, on published figures.",
        signed_in=True,
        roles=LEADS_ON_THE_THRESHOLD,
        under_more=True,
    ),
    Item(
        "Own review",
        "reviewing:local",
        "What was decided here beside the threshold, and what came after the door closed.",
        signed_in=True,
        roles=LEADS_ON_THE_THRESHOLD,
        under_more=True,
    ),
    Item(
        "Blind audit",
        "reviewing:audits",
        "Judge a few concerns again, if you have been asked to, without seeing what was decided.",
        signed_in=True,
        under_more=True,
    ),
    Item("Thresholds", "thresholds:document", "What each level means, and what happens at it."),
)


def is_for(item: Item, *, signed_in: bool, roles: frozenset[str]) -> bool:
    if (item.signed_in and not signed_in) or (item.signed_out and signed_in):
        return False
    return not item.roles or bool(item.roles & roles)


def links(request: HttpRequest, *, signed_in: bool, roles: frozenset[str]) -> list[dict[str, Any]]:
    """The design system's parameters for every link this person sees, the current one marked."""
    here = request.resolver_match.view_name if request.resolver_match else ""
    namespace = here.rpartition(":")[0]
    shown = []
    for item in ITEMS:
        if is_for(item, signed_in=signed_in, roles=roles):
            inside = bool(namespace) and item.url_name.startswith(f"{namespace}:")
            link = {
                "text": item.label,
                "about": item.about,
                "href": reverse(item.url_name),
                "current": here == item.url_name,
                "active": inside,
                "under_more": item.under_more and signed_in and not inside,
            }
            shown.append(link)
    return shown


def bar(request: HttpRequest, every: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of the links that stand in the bar; the rest is behind one more."""
    shown = [link for link in every if not link["under_more"]]
    if len(shown) == len(every):
        return shown
    at_home = request.resolver_match is not None and request.resolver_match.view_name == "home"
    return [*shown, {"text": "More", "href": reverse("home"), "current": at_home}]
