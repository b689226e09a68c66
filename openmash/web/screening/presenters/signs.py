"""The signs of a policy to choose from, under the parts of a child's life, or those that some words fit."""

from dataclasses import dataclass

from openmash.apps.concerns.queries.opened import Opened
from openmash.engines.thresholds import Domain, Policy, Sign
from openmash.web.screening.presenters.findings import code_words


@dataclass(frozen=True)
class SignToChoose:
    id: str
    wording: str
    level: str
    recorded: bool


@dataclass(frozen=True)
class DomainOfSigns:
    id: str
    label: str
    signs: tuple[SignToChoose, ...]


def signs_to_choose(opened: Opened, *, words: str = "", domain: str = "") -> list[DomainOfSigns]:
    """Domains that have any sign left; `words` must all be found in a sign, in whatever order."""
    recorded = {sign.sign for sign in opened.signs if getattr(sign, "withdrawn", None) is None}
    wanted = words.casefold().split()
    policy = opened.policy
    domains = []
    for each, signs in policy.signs_by_domain().items():
        found = [sign for sign in signs if domain in ("", each.id) and _fits(sign, each, wanted)]
        if found:
            listed = tuple(_to_choose(sign, policy, sign.id in recorded) for sign in found)
            domains.append(DomainOfSigns(each.id, each.label, listed))
    return domains


def _fits(sign: Sign, domain: Domain, wanted: list[str]) -> bool:
    written = " ".join((sign.id, sign.wording, sign.note, sign.subdomain, sign.harm, domain.label)).casefold()
    return all(word in written for word in wanted)


def _to_choose(sign: Sign, policy: Policy, recorded: bool) -> SignToChoose:
    if sign.protective:
        level = "A strength: shown, and never lowers a level"
    elif sign.immediate == "always":
        level = code_words(policy.levels[-1].code, policy)
    else:
        level = code_words(sign.level, policy)
        level += "; immediate unless ruled out" if sign.immediate == "unless" else ""
    return SignToChoose(sign.id, sign.wording, level, recorded)
