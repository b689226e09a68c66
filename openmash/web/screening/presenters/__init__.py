"""Turn what is recorded into what a page shows. Nothing here reads or writes anything by itself."""
