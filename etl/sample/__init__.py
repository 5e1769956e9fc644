"""A made-up city as a set of extracts, for trying things out: deterministic, of any size.

The stories in it: few customers hold most of the business; an area that shrinks; a manager who
stands out and one who falls behind; one who leaves half-way, whose customers go to a successor and
a colleague; a newcomer on the apprentice ladder; a launch that takes and one that fails; key
customers that the supervisor never sees; and the dirty rows that `etl.sample.dirt` lists.
"""

from etl.sample.dirt import PLANTED, Planted
from etl.sample.generate import generate

__all__ = ["PLANTED", "Planted", "generate"]
