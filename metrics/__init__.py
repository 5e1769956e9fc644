"""The figures: one .sql a figure, a catalogue of what each means, the scope, and one `run`."""

from metrics.catalogue import Figure, figure, figures
from metrics.ranking import Ranking
from metrics.runner import run, value
from metrics.scope import Scope
from metrics.together import AnyRequest, bundled, run_bundle

__all__ = ["AnyRequest", "Figure", "Ranking", "Scope", "bundled", "figure", "figures", "run", "run_bundle", "value"]
