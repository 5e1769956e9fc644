"""The pages without a browser: what a page shows under given URL parameters, as blocks."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from streamlit.testing.v1 import AppTest

from metrics import Scope
from ui.address import CHOICES_KEY, FIRST_PAGE, read_parameters
from ui.blocks import Block
from ui.reading import PINNED_KEY
from ui.recording import FINDING, RECORDING_KEY, Recording, Selections
from ui.words import LANGUAGE_KEY, without_markdown
from warehouse.settings import ROOT
from warehouse.versions import Version

LONGEST_SECONDS = 600
"""How long a page may take on the largest warehouse."""


@dataclass(frozen=True)
class Captured:
    """What a page showed: its blocks in their order, its answer in a sentence, its scope, the figures it turns on.

    `said` is what it told of errors and missing data, in words.
    """

    blocks: tuple[Block, ...]
    finding: str
    scope: Scope | None
    figures: tuple[str, ...]
    said: tuple[str, ...]

    def of(self, keys: Sequence[str]) -> tuple[Block, ...]:
        """The blocks of these keys in the order of the keys; one that ends in * takes all that begin so."""
        found = {block.key: block for key in keys for block in self.blocks if fnmatchcase(block.key, key)}
        return tuple(found.values())


NO_SELECTIONS: Selections = {}
NOTHING = Captured((), "", None, (), ())
_log = logging.getLogger("pinyu")


class Screen:
    """The app on one version of the warehouse, in one language, with people called in one way of ui.disguise.WAYS."""

    def __init__(self, version: Version, *, language: str, names: str) -> None:
        self._names = names
        self._app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=LONGEST_SECONDS)
        self._app.session_state[PINNED_KEY] = version
        self._app.session_state[LANGUAGE_KEY] = language
        self._is_open = False

    def shows(
        self, page: str, parameters: Mapping[str, Sequence[str]], selections: Selections = NO_SELECTIONS
    ) -> Captured:
        """What a page, by the name of its file, shows as a link with these parameters opens it, so much clicked.

        Nothing, and no scope, where there is no such page or it does not come to its end; the log says why.
        """
        chosen, _unknown = read_parameters({name: list(values) for name, values in parameters.items()})
        recording = Recording(selections)
        try:
            if not self._is_open and page != FIRST_PAGE:
                # A session begins on the first page, which lets go of views that it does not know.
                self._app.run()
            self._app.session_state[CHOICES_KEY] = chosen.with_setting("names", self._names)
            self._app.session_state[RECORDING_KEY] = recording
            if self._is_open or page != FIRST_PAGE:
                self._app.switch_page(f"pages/{page}.py")
            self._app.run()
        except (ValueError, RuntimeError):
            _log.exception("The page %r could not be run", page)
            return NOTHING
        self._is_open = True
        told = (*self._app.exception, *self._app.error, *self._app.warning, *self._app.info)
        blocks = dict(recording.blocks)
        finding = blocks.pop(FINDING, None)
        return Captured(
            tuple(blocks.values()),
            " ".join(finding.sentences) if finding else "",
            recording.scope,
            tuple(dict.fromkeys(recording.figures)),
            tuple(without_markdown(str(element.value)) for element in told),
        )
