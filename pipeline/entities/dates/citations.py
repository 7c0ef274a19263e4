"""Years of works and of lives, in digits alone: 小野（2021）, 白書（2010，2012）, （1867-1916）."""

from __future__ import annotations

from pipeline.entities.dates import numeric_forms
from pipeline.entities.dates.parts import Expression, Found, Parts


def cited(text: str) -> dict[int, Found]:
    """The years of cited works, by where they begin: 小野（2021）, 白書（2010，2012）."""
    if "20" not in text and "19" not in text:
        return {}
    if not any(sign in text for sign in ("（", "［", "」", "白書", "White Paper")):
        return {}
    years = (
        match
        for group in numeric_forms.CITED.finditer(text)
        for match in numeric_forms.CITED_ONE.finditer(text, *group.span())
    )
    found = {
        year.start(): Found(*year.span(), "cited_year", Expression(Parts(western=int(year[0]), digits=4)))
        for year in years
    }
    for span in numeric_forms.SPAN.finditer(text):
        first, last = int(span["w"]), int(span["w2"])
        if first < last and (first % 100 or last % 100):
            ends = Expression(Parts(western=first, digits=4), Parts(western=last, digits=4))
            found[span.start()] = Found(*span.span(), "cited_year", ends)
    return found
