from openmash.apps.policy.actions.adopting import adopt

__all__ = ["adopt"]
