"""What the world has besides records of children: a draft of the threshold, a round of vignettes, registers."""

import tempfile
from datetime import date
from pathlib import Path

from openmash.apps.directory.models import Person
from openmash.apps.policy.actions.drafting import begin_draft
from openmash.apps.policy.models import Draft, Round
from openmash.apps.registers.actions.handing_over import HandedOver, hand_over
from openmash.apps.registers.actions.running import ask_for_run
from openmash.apps.registers.models import LinkingRun, Register
from tests.cast import MONDAY, Cast
from tests.web.understanding.rounds import open_round

ROLL = "Forename,Surname,Date of birth,Sex,Address line 1,Postcode\nAyesha,Khan,2014-03-01,F,1 High Street,NF1 2AB\n"


def policy_work(cast: Cast) -> tuple[Draft, Round]:
    """A draft of the next threshold, and an open round."""
    draft = begin_draft(based_on_id=cast.policy.pk, version="2027-04", by=cast.policy_lead, now=MONDAY)
    return draft, open_round(cast)


def registers(cast: Cast) -> tuple[dict[str, Register], LinkingRun]:
    """Two registers of this locality, one of the other, and a run over the first two."""
    kept = {
        "own": _handed_over(cast.safeguarding_lead),
        "second": _handed_over(cast.boarding_lead),
        "other agency": _handed_over(cast.lead_there),
    }
    run = ask_for_run(one=kept["own"], other=kept["second"], purpose="An audit.", by=cast.manager, now=MONDAY)
    return kept, run


def _handed_over(by: Person) -> Register:
    said = HandedOver("school_roll", "To find children.", "Children Act 2004, section 10", date(2027, 8, 31))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roll.csv"
        path.write_text(ROLL, encoding="utf-8")
        return hand_over(file=path, file_name="Roll.csv", said=said, by=by, now=MONDAY)
