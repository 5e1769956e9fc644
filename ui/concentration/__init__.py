"""20/80 on screen: one module a view."""
