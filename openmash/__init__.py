"""OpenMASH: an open multi-agency safeguarding hub. The folders below are the architecture; see docs/architecture.md."""
