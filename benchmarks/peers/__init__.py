"""The same decision problem given to other engines, each in the way that suits it best."""
