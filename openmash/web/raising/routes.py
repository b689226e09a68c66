"""The addresses of one journey; concerns and advice have the same ones, each under a namespace of its own."""

from django.urls import URLPattern, path

from openmash.web.raising.views import becoming, check, keep, known, pages, people, start, told_before


def journey_routes(kind: str) -> list[URLPattern]:
    """From the first page to sending."""
    draft = "<uuid:draft_id>/"
    routes = [
        ("", start.start, "start"),
        ("told-before/", told_before.which_child, "which_child"),
        (draft, check.task_list, "task_list"),
        (f"{draft}ring-first/", start.ring_first_page, "ring_first"),
        (f"{draft}told-before/", told_before.which_child_of_draft, "which_child_of_draft"),
        (f"{draft}child/", people.children, "children"),
        (f"{draft}child/<int:number>/", people.child, "child"),
        (f"{draft}people/", people.people, "people"),
        (f"{draft}people/<int:number>/", people.person, "person"),
        (f"{draft}check/", check.check, "check"),
        (f"{draft}send/", check.send, "send"),
        (f"{draft}delete/", check.delete, "delete"),
        (f"{draft}make-concern/", becoming.make_concern, "make_concern"),
        (f"{draft}known/<slug:page>/", known.known_while_typing, "known"),
        (f"{draft}known/<slug:page>/use/", known.use_known, "use_known"),
        (f"{draft}keep/<slug:page>/", keep.keep_while_typing, "keep"),
        (f"{draft}<slug:page>/", pages.page, "page"),
    ]
    removing = [
        path(
            f"{draft}child/<int:number>/remove/", people.remove, {"kind": kind, "of": "child"}, "remove_child"
        ),
        path(
            f"{draft}people/<int:number>/remove/",
            people.remove,
            {"kind": kind, "of": "person"},
            "remove_person",
        ),
    ]
    return [*removing, *(path(where, view, {"kind": kind}, name) for where, view, name in routes)]
