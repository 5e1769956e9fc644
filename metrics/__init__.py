"""The figures: one .sql a figure, a catalogue of what each means, the scope, and one `run`."""

from metrics.catalogue import Figure, figure, figures
from metrics.ranking import Ranking
from metrics.runner import run, value
from metrics.scope import Scope
from metrics.together import bundled, run_together

__all__ = ["Figure", "Ranking", "Scope", "bundled", "figure", "figures", "run", "run_together", "value"]
