"""The official name of a body that no registry holds, made from how it is written."""

from __future__ import annotations

from pipeline.entities.organizations.facts import countries, states, without_legal_form, words
from pipeline.model.rule import Rule

# The name of a state is opened in full for its own bodies only (中国国防部, but 中国電力).
STATE_KINDS = frozenset({"ministry", "government", "military", "embassy", "legislature", "police"})
# 米軍, 英国防省: bodies before which one character stands for the country (but 独協医科大学).
ABBREVIATED = STATE_KINDS | {
    "",
    "agency",
    "bureau",
    "council",
    "command",
    "unit",
    "court",
    "party",
    "cabinet",
}
_OTHER = "(?<!警察)(?<!労基)(?<!消防)(?<!税務)(?<![本分支営])"
STATION = Rule("police_station", _OTHER + "署$", reads=("博多⟦署⟧",), leaves=("博多警察署", "立川労基署"))
SPACES = Rule(
    "space_within_a_norm",
    "(?<=[^ -~]) | (?=[^ -~])|　",
    reads=("外⟦　⟧務　省", "青葉⟦ ⟧Research"),
    leaves=("Aoba Research",),
)
KANJI = Rule("kanji_behind_a_country", "[一-龥第]", reads=("米⟦軍⟧", "米⟦第⟧7艦隊"), leaves=("⟦ア", "⟦Ship"))


def written_out(name: str, kind: str, *, initial: bool) -> str:
    """Write out a name that no registry holds: no legal form, the country in full, no space.

    Its ``initial`` may stand for a country (米軍) where it is no beginning of another word (米子警察署).
    """
    name = without_legal_form(STATION.sub("警察署", name) if kind == "police" else name)
    opened = states() if kind in STATE_KINDS else countries()
    if name.startswith(tuple(words("no_state"))):
        return SPACES.sub("", name)
    for at in range(len(name) - 1, 0, -1):
        state = opened.get(name[:at])
        if state is not None and not name.startswith(state):
            if at > 1 or (initial and kind in ABBREVIATED and KANJI.match(name, at)):
                name = state + name[at:]
            break
    return SPACES.sub("", name)
