"""The choice of an area and a year."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from openmash.engines.review.areas import NoSuchArea, find
from openmash.engines.review.tables import Tables


@dataclass(frozen=True)
class Chosen:
    """What was typed or chosen, as text."""

    area: str
    year: str


def address(chosen: Chosen) -> str:
    """Where the review of this area and year is."""
    query = {"area": chosen.area, **({"year": chosen.year} if chosen.year else {})}
    return f"{reverse('reviewing:national')}?{urlencode(query)}"


def choices(tables: Tables, chosen: str) -> list[dict[str, object]]:
    """Councils by name, those of today first; the value is the name, or the number where that one is no more."""
    latest = tables.tables["referrals"].years[-1]
    try:
        picked = find(list(tables.areas.values()), chosen).code if chosen else ""
    except NoSuchArea:
        picked = ""
    councils = sorted(
        (each for each in tables.areas.values() if each.level == "area"), key=lambda each: each.name
    )
    items: list[dict[str, object]] = [{"value": "", "text": "Choose a council"}]
    for now in (True, False):
        for each in councils:
            if (each.last == latest) is now:
                text = each.name if now else f"{each.name} (up to {each.last})"
                value = each.name if now else each.code
                items.append({"value": value, "text": text, "selected": each.code == picked})
    return items


def years(tables: Tables, chosen: str) -> list[dict[str, object]]:
    """The latest there is, or a year to March."""
    items: list[dict[str, object]] = [{"value": "", "text": "The latest"}]
    for year in reversed(tables.tables["referrals"].years):
        items.append({"value": str(year), "text": f"To March {year}", "selected": str(year) == chosen})
    return items
