"""Which house of the Diet a sentence speaks of: the one that was sent a bill has it now."""

from __future__ import annotations

from pipeline.model.rule import Rule

HOUSES = {"衆議院": "参議院", "参議院": "衆議院"}
SENT = Rule(
    "sent_by_the_other_house",  # （内閣提出、衆議院送付）: the 参議院 has the bill now
    "(?P<other>から|より)?(?:送付|回付)(?!とな|とさ|後|。)",
    reads=("衆議院⟦送付⟧）", "参議院⟦回付⟧案", "衆議院⟦から送付⟧された"),
    leaves=("⟦に送付", "⟦提出", "⟦送付となった", "⟦送付。"),
)
OPEN = Rule(
    "bracket_of_a_bill", "（[^（）]{0,20}$", reads=("法案⟦（内閣提出、⟧",), leaves=("（衆法）", "法案")
)
BILL = Rule(
    "bill_of_a_house",
    "[法議律算正本同]案|予算|条約",
    reads=("⟦法案⟧", "補正⟦予算⟧", "改⟦正案⟧"),
    leaves=("資料", "提案", "案内"),
)
PASSED = "可決"


def house_of(name: str, text: str, start: int, end: int) -> str:
    """Return the house that speaks where a bill was sent by the other one: 衆議院｜送付."""
    sent = SENT.match(text, end) if name in HOUSES else None
    if sent is None:
        return name
    passed = text.find(HOUSES[name], 0, start)
    if passed >= 0 and PASSED in text[passed:start]:
        return name  # 衆議院で可決、参議院送付
    bill = BILL.search(text) if sent["other"] else OPEN.search(text, max(0, start - 22), start)
    return HOUSES[name] if bill else name
