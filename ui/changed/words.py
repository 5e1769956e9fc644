"""What changed, and what was restated, in sentences: every number in them is one of the findings'."""

from collections.abc import Callable
from decimal import Decimal

from metrics import Scope
from metrics.changed.contributions import Change, Level
from metrics.changed.restated import Load, Restated, Restatement
from ui.changed.last_meeting import Told
from ui.numbers import change, written, written_change, written_period
from ui.scope_bar import condition_title
from ui.words import _, language, plain

Called = Callable[[str, str], str]
"""What a member is called, by level and code."""
MOST_FILES = 3


def headline(found: Change) -> str:
    """The amount now and before, over which days, and by how much it changed."""
    words = _("{now} in {period}, {before} in {earlier}: {moved} ({change}).")
    if found.before <= 0:
        words = _("{now} in {period}, {before} in {earlier}: {moved}.")
    return words.format(
        now=money(found.now),
        before=money(found.before),
        period=period(found.scope),
        earlier=period(found.earlier),
        moved=signed(found.moved),
        change=written_change(change(float(found.now), float(found.before), "money"), "money"),
    )


def level_sentences(found: Change, called: Called) -> list[str]:
    """Of each level that has more than one member: who explains most, and what rose and fell in all."""
    return [_level_sentence(level, found.moved, called) for level in found.levels if len(level.members) > 1]


def _level_sentence(level: Level, moved: Decimal, called: Called) -> str:
    words = _("{level}: {name} {amount}, {share} of the change; all that rose {rises}, all that fell {falls}.")
    if level.within:
        words = _(
            "Of that, by {level}: {name} {amount}, {share} of the change; all that rose {rises}, all that fell {falls}."
        )
    if not moved:
        words = _("{level}: most of all {name}, {amount}; all that rose {rises}, all that fell {falls}.")
    most, title = level.members[0], condition_title(level.name)
    return words.format(
        level=title.lower() if level.within and moved else title,
        # The hair spaces let bold text end beside Chinese characters, which Markdown otherwise takes for one word.
        name=f"\u200a**{plain(called(level.name, most.code))}**\u200a",
        amount=signed(most.change),
        share=written(share_of(most.change, moved), "share", language()),
        rises=signed(level.rises),
        falls=signed(level.falls),
    )


def restated_sentence(told: Told, found: Restated) -> str:
    """Whether the amount that the last meeting was told has changed since, by how much and by which loads."""
    facts = {
        "meeting": written(told.meeting.held_on, "date", language()),
        "period": period(told.scope),
        "then": money(found.then),
    }
    if not found.restatements:
        return _("Nothing restated: {period} is still {then}, as told on {meeting}.").format(**facts)
    words = _("Restated since {meeting}: {period} was {then} and is {now} now: {loads}.")
    if len(found.restatements) > 1:
        words = _("Restated since {meeting}: {period} was {then} and is {now} now, {moved} in all: {loads}.")
    return words.format(
        **facts,
        now=money(found.now),
        moved=signed(found.change),
        loads=_("; ").join(map(_restatement, found.restatements)),
    )


def _restatement(one: Restatement) -> str:
    facts = {"moved": signed(one.change), "base": one.gone_back_to}
    if not one.loads:
        words = _("{moved} by going back to {base}") if one.gone_back_to else _("{moved} by no load known any more")
        return words.format(**facts)
    first, last = one.loads[0], one.loads[-1]
    words = _("{moved} by {files}, loaded on {day} ({version})")
    if len(one.loads) > 1:
        words = _("{moved} by {files}, loaded until {day} (from {first} to {version}, not told apart any more)")
    if one.gone_back_to:
        words = _(
            "{moved} by going back to {base} and by {files}, loaded until {day}; they are not told apart any more"
        )
    return words.format(**facts, files=_files(one.loads), day=last.loaded_on, version=last.version, first=first.version)


def _files(loads: tuple[Load, ...]) -> str:
    files = list(dict.fromkeys(plain(file) for load in loads for file in load.files))
    named = ", ".join(files[:MOST_FILES])
    more = len(files) - MOST_FILES
    return _("{files} and {count} more").format(files=named, count=f"{more:,}") if more > 0 else named


def share_of(part: Decimal, moved: Decimal) -> float | None:
    """A contribution's share of the change; None where nothing changed as a whole."""
    return float(part / moved) if moved else None


def period(scope: Scope) -> str:
    """The days of a scope."""
    return written_period(scope.from_date, scope.to_date, language())


def money(amount: Decimal) -> str:
    """An amount as people read it."""
    return written(float(amount), "money", language())


def signed(amount: Decimal) -> str:
    """A change of an amount, with its sign."""
    return f"+{money(amount)}" if amount > 0 else money(amount)
