"""Tags and filters for templates; built in, so that no template has to load them."""
