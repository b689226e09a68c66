"""The tests. Run them with `./dev test`."""
