from openmash.apps.sharing.models.answer import Answer, ItemAnswer, Refusal, Withdrawal
from openmash.apps.sharing.models.log import NotShared, Shared, SharedField
from openmash.apps.sharing.models.request import Item, Request

__all__ = [
    "Answer",
    "Item",
    "ItemAnswer",
    "NotShared",
    "Refusal",
    "Request",
    "Shared",
    "SharedField",
    "Withdrawal",
]
