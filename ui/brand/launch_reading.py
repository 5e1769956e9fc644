"""The reading of a launch in words."""

from metrics.brand.launch import FEWEST_TRIERS, LEAST_WEEKS, Launch, Reading
from ui.numbers import written
from ui.reading import no_data_reason
from ui.words import _, language


def reading_words(found: Launch) -> tuple[str, str]:
    """Whether a launch is taking, and by what: its trial against the median of the earlier ones, and who came back."""
    reading = found.reading
    if reading.state == "no_day":
        return _("The product has no day of launch."), ""
    if reading.state == "not_on_sale":
        return _("Not on sale yet in this period."), ""
    if reading.state == "untold":
        return no_data_reason("launch_curve"), ""
    if reading.trial is None:
        return _("Too early to tell: no whole week since the launch yet."), ""
    tried = _("{trial} of those who may carry it have tried it by week {week}").format(
        trial=_share(reading.trial), week=reading.week
    )
    if reading.state == "too_early":
        return _("Too early to tell: a launch is read from week {least} on.").format(least=LEAST_WEEKS), tried
    if reading.state == "untried":
        return _("Nobody has tried it by week {week}.").format(week=reading.week), ""
    if reading.state == "alone":
        return _("No earlier launch to compare with."), _sentence(tried, _again(reading))
    lead = _lead(reading, len(found.earlier))
    return _verdict(reading), _sentence(tried, lead, _again(reading))


def _sentence(*parts: str) -> str:
    return _("; ").join(parts) + _(".")


def _verdict(reading: Reading) -> str:
    """Trial and repeat against the median: four answers; none where few tried it."""
    if reading.is_of_few:
        return _("Too few to judge: {triers} tried it, it takes {fewest}.").format(
            triers=reading.triers, fewest=FEWEST_TRIERS
        )
    spreads = (reading.weeks_ahead or 0) >= 0
    if reading.repeat is None or reading.median_repeat is None:
        return _("It spreads") if spreads else _("It spreads slowly")
    comes_back = reading.repeat >= reading.median_repeat
    if spreads:
        return _("The launch is taking") if comes_back else _("Widely tried, but too few come back")
    return _("Slow to spread, but who tries it comes back") if comes_back else _("The launch is not taking")


def _lead(reading: Reading, earlier: int) -> str:
    """How many weeks ahead or behind."""
    weeks = reading.weeks_ahead or 0
    of_what = (
        _("the one launch before it")
        if earlier == 1
        else _("the median of the {count} launches before it").format(count=earlier)
    )
    if weeks == 0:
        return _("level with {others}").format(others=of_what)
    if reading.is_at_least:
        pattern = _("at least {span} ahead of {others}, whose curve ends below that share")
    else:
        pattern = _("ahead of {others} by {span}") if weeks > 0 else _("behind {others} by {span}")
    span = _("one week") if abs(weeks) == 1 else _("{weeks} weeks").format(weeks=abs(weeks))
    return pattern.format(others=of_what, span=span)


def _again(reading: Reading) -> str:
    repeat, median = _share(reading.repeat), _share(reading.median_repeat)
    if reading.median_repeat is None:
        return _("of all who ever tried it, {repeat} bought again").format(repeat=repeat)
    return _("of all who ever tried it, {repeat} bought again (earlier launches: {median})").format(
        repeat=repeat, median=median
    )


def _share(value: float | None) -> str:
    return written(value, "share", language())
