"""Turn what somebody may hear back into what a page shows. Nothing here reads or writes anything."""
