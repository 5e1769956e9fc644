"""The weekly meeting: an agenda of views, frozen to one version of the warehouse, shown, decided on and taken away."""
