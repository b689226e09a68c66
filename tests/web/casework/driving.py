"""The pages of the work, driven by one person after another."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from openmash.apps.casework.models import Case

SignIn = Callable[[Any], None]
Check = Callable[[Page, str], None]


class Browser:
    """The pages of the work, as one person after another goes through them."""

    def __init__(self, page: Page, server: str, sign_in: SignIn, check: Check) -> None:
        self.page, self.server, self.sign_in, self.check = page, server, sign_in, check

    def enter(self, person: Any, case: Case) -> None:
        """Sign in, and go to the case from the worklist."""
        self.sign_in(person)
        self.page.goto(f"{self.server}{reverse('casework:worklist')}")
        self.page.get_by_role("link", name=case.reference).first.click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("Alex Winter")

    def moment(self, label: str, when: datetime) -> None:
        local = timezone.localtime(when)
        box = self.page.get_by_role("group", name=label)
        box.get_by_label("Day").fill(str(local.day))
        box.get_by_label("Month").fill(str(local.month))
        box.get_by_label("Year").fill(str(local.year))
        self.page.get_by_label("At what time?").fill(local.strftime("%H:%M"))

    def day(self, label: str, days: int) -> None:
        local = timezone.localtime(timezone.now()) + timedelta(days=days)
        box = self.page.get_by_role("group", name=label).first
        for part, value in (("Day", local.day), ("Month", local.month), ("Year", local.year)):
            box.get_by_label(part).fill(str(value))

    def views(self) -> None:
        self.page.get_by_label("What does the child say?").fill("I want the shouting to stop.")
        self.page.get_by_label("If nobody could ask the parents or carers: why not?").fill("Father is away.")

    def press(self, button: str, then: str) -> None:
        self.page.get_by_role("button", name=button, exact=True).click()
        expect(self.page.get_by_text(then)).to_be_visible()

    def call(self, link: str, *invited: str) -> None:
        """Call a meeting for a little later, from the case's page."""
        follow(self.page, link)
        self.page.get_by_label("Why is it called?").fill("He said that he was hit with a belt.")
        self.moment("When is it?", timezone.now() + timedelta(hours=1))
        for name in invited:
            self.page.get_by_label(f": {name}").check()
        self.press("Call this meeting", "Everybody invited finds it when they sign in.")

    def to_meeting(self, label: str) -> None:
        self.page.get_by_role("link", name=label).last.click()
        expect(self.page.get_by_text("Why it was called:")).to_be_visible()

    def hold(self, *absent: str) -> None:
        """Everybody invited was there, but for those named."""
        self.page.get_by_role("button", name="Record who was there").click()
        self.moment("When was it held?", timezone.now())
        for box in self.page.locator("input[name=came]").all():
            box.check()
        for name in absent:
            self.page.get_by_label(name, exact=False).first.uncheck()
        self.press("Record this", "Recorded who was there.")

    def decide(self, outcome: str, *more: str) -> None:
        """For the one child of the meeting, which then ends."""
        self.decide_for("Alex Winter", outcome, *more)
        self.end()

    def decide_for(self, child: str, outcome: str, *more: str, **because: str) -> None:
        """`more`: whatever else is chosen; `because`: the reasons asked for where it is lower or not quorate."""
        self.page.get_by_role("button", name=f"Decide for {child}").click()
        for chosen in (outcome, *more):
            self.page.get_by_label(chosen, exact=True).check()
        self.page.get_by_label("The reasons").fill("What each agency said, taken together.")
        for field, words in because.items():
            self.page.locator(f"[name={field}]").fill(words)
        self.views()
        self.press("Decide", f"Decided for {child}.")

    def agree(self, child: str) -> None:
        """The second person agrees to the decision that waits for this child."""
        self.page.get_by_role("button", name=f"Agree or return the decision for {child}").click()
        self.page.get_by_label("I agree", exact=True).check()
        self.page.get_by_label("Your reason").fill("I read what each agency said.")
        self.press("Send my word", "Your word has been kept.")

    def end(self) -> None:
        self.page.get_by_role("button", name="End the meeting").click()
        self.press("End the meeting", "The meeting has ended.")


def follow(page: Page, words: str) -> None:
    """A link, or a button that is one."""
    page.get_by_role("link", name=words, exact=True).or_(
        page.get_by_role("button", name=words, exact=True)
    ).first.click()
