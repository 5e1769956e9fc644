"""Managers: what the views of the page work out, each a pure function of a scope and a way to read figures."""
