"""The page of one area, and its tables as files. The address holds everything: area by name, and year."""

from functools import lru_cache
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from openmash.apps.review.months import Months, months
from openmash.apps.review.national import National, NoFigures
from openmash.apps.review.national import national as review_of
from openmash.apps.review.sheets import Sheet, as_csv, as_workbook, sheets
from openmash.engines.review.areas import Area, NoSuchArea, find
from openmash.engines.review.recounting import Recounted, recount
from openmash.engines.review.tables import published
from openmash.web.layout.access import public
from openmash.web.reviewing.presenters.choosing import Chosen, address, choices, years
from openmash.web.reviewing.presenters.page import Page, page_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@public
@require_safe
def national(request: HttpRequest) -> HttpResponse:
    """The review of an area, or the choice of one."""
    chosen = _chosen(request)
    if not chosen.area:
        return _start(request, chosen)
    try:
        review = _review(chosen)
    except NoSuchArea as unknown:
        like = [(name, address(Chosen(name, ""))) for name in unknown.like]
        return _start(request, chosen, said=str(unknown), others=like, status=404)
    except NoFigures as none:
        others = [
            (f"{each.name}, {each.last}", address(Chosen(each.code, str(each.last)))) for each in none.others
        ]
        return _start(request, chosen, said=str(none), others=others, status=404)
    page = _page(review)
    context = {**_to_choose(chosen), "page": page, "files": _files(review)}
    return render(request, "reviewing/national.html", context)


@public
@require_safe
def table(request: HttpRequest, name: str) -> HttpResponse:
    """One table as CSV."""
    review = _or_404(request)
    found = next((each for each in _sheets(review) if each.name == name), None)
    if found is None:
        raise Http404("There is no such table.")
    return file(as_csv(found), "text/csv; charset=utf-8", f"{_file_name(review)}-{name}.csv")


@public
@require_safe
def workbook(request: HttpRequest) -> HttpResponse:
    """Every table in one workbook."""
    review = _or_404(request)
    title = f"{review.area.name}, {review.year}"
    return file(as_workbook(_sheets(review), title), XLSX, f"{_file_name(review)}.xlsx")


def national_page(area: Area) -> Page:
    """The page of an area in the latest year there is.

    Raises:
        NoFigures: nothing is published for it.
    """
    return _page(_worked_out(area.code, None))


def _page(review: National) -> Page:
    return page_of(review, _months(review.area.code), _recounted())


def _chosen(request: HttpRequest) -> Chosen:
    return Chosen(request.GET.get("area", "").strip()[:100], request.GET.get("year", "").strip()[:10])


def _review(chosen: Chosen) -> National:
    tables = published()
    area = find(list(tables.areas.values()), chosen.area)
    year = chosen.year
    if year and not (year.isascii() and year.isdigit()):
        raise NoFigures(f"“{year}” is not a year. Choose one from the list.")
    return _worked_out(area.code, int(year) if year else None)


@lru_cache(maxsize=64)
def _worked_out(code: str, year: int | None) -> National:
    """The tables do not change while the process runs, and working one out takes a quarter of a second."""
    tables = published()
    return review_of(tables, tables.areas[code], year)


@lru_cache(maxsize=64)
def _months(code: str) -> Months | None:
    tables = published()
    return months(tables, tables.areas[code])


@lru_cache(maxsize=1)
def _recounted() -> tuple[Recounted, ...]:
    return tuple(recount(published()))


def _sheets(review: National) -> list[Sheet]:
    return sheets(review, _months(review.area.code), published())


def _or_404(request: HttpRequest) -> National:
    try:
        return _review(_chosen(request))
    except (NoSuchArea, NoFigures) as none:
        raise Http404(str(none)) from None


def _start(
    request: HttpRequest,
    chosen: Chosen,
    *,
    said: str = "",
    others: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {**_to_choose(chosen), "said": said, "others": others or []}
    return render(request, "reviewing/start.html", context, status=status)


def _to_choose(chosen: Chosen) -> dict[str, object]:
    tables = published()
    return {"areas": choices(tables, chosen.area), "years": years(tables, chosen.year), "chosen": chosen}


def _files(review: National) -> list[tuple[str, str]]:
    query = urlencode({"area": review.area.code, "year": review.year})
    tables = [
        (each.title, f"{reverse('reviewing:table', args=[each.name])}?{query}") for each in _sheets(review)
    ]
    return [("Everything as one workbook (Excel)", f"{reverse('reviewing:workbook')}?{query}"), *tables]


def _file_name(review: National) -> str:
    plain = "".join(
        letter if letter.isalnum() and letter.isascii() else "-" for letter in review.area.name.lower()
    )
    return f"review-{'-'.join(filter(None, plain.split('-')))}-{review.year}"


def file(data: bytes, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
