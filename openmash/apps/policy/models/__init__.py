from openmash.apps.policy.models.acknowledgement import Acknowledgement
from openmash.apps.policy.models.adopted import AdoptedPolicy
from openmash.apps.policy.models.calibration import Judgement, Round, RoundClosed, Vignette
from openmash.apps.policy.models.draft import Draft, DraftMove, Revision

__all__ = [
    "Acknowledgement",
    "AdoptedPolicy",
    "Draft",
    "DraftMove",
    "Judgement",
    "Revision",
    "Round",
    "RoundClosed",
    "Vignette",
]
