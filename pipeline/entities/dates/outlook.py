"""Months of what someone plans or expects: 7月に決める考えを示した, 7月末に公表する報告に向け、議論する."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.entities.dates.around import PAST, is_past
from pipeline.entities.dates.facts import words
from pipeline.model.rule import Rule

if TYPE_CHECKING:
    from pipeline.entities.dates.parts import Expression
    from pipeline.model.entity import Mention

# 9月に実施した調査の結果を公表する予定: what is to come is not in September; nor in 10月に開いており、次回は3月に開く.
NOT_OF_IT = Rule(
    "month_of_something_else",
    rf"の(?!{words('to_come')}|[一-龥]{{0,6}}(?:会合|会議|大会|総会|国会|選挙)[でに]"
    rf"|[一-龥]{{2,6}}[をに]、?(?:{words('hoped_for')}))|付け?の|から続く|[^。（]*）"
    rf"|[^。]*?(?:{PAST}(?:[一-龥ァ-ヶもことの「『]|が|ため|から)|[てで](?:い[るた]|おり)|済み?の"
    rf"|{words('told_anew')}|。)",
    reads=(
        "9月⟦に実施した調⟧査の結果を公表する予定",
        "9月⟦の⟧調査の結果を公表する。",
        "11月3日⟦付けの⟧通知を参照してください。",
        "大会（11月3日⟦）⟧の参加者は、優勝を目指す。",
        "10月⟦に開き、次回⟧は",
    ),
    leaves=("9月⟦に公表する", "9月⟦の締切", "9月⟦の完成を見込む"),
)
# 4月1日現在、改修を予定している; 4月開業の新駅は、黒字の見込みである: the plan is of another time than the month.
# 7月の会合で議論する考えを示した: what someone said of what is to come.
MEANT = Rule(
    "what_was_said_to_come",
    rf"[^。「」]{{0,40}}?(?:[るうくすつぶむぐ])(?:{words('meant')})(?:だ|である|など)?[とをがで]",
    reads=("7月⟦に決める考えを⟧示した。", "10月⟦、開催する方針だと⟧発表した。"),
    leaves=("7月⟦に決めた考えを",),
)
# 7月末に公表する報告に向け、議論する: a month up to HALF a year off, of what is not told as past.
SOON = Rule(
    "what_comes_with_the_month",
    r"(?:に|から|までに)[^、。たの]{0,12}?(?:する|される|行う|行われる|開く|開かれる|始まる|始める|迎える|控える)"
    r"(?=[一-龥ァ-ヶ「『](?!.{0,3}(?:ため|場合|とき|時)))|の[一-龥ァ-ヶー]{1,14}(?:見通し|予報|予測)"
    r"|の(?:休館日|休業日|開館日|行事予定|イベント予定|予定|日程)",
    reads=("7月末⟦に公表する⟧報告に向け、議論する。", "8月⟦の漁況見通し⟧", "11月⟦の休館日⟧"),
    leaves=("7月に公表した報告", "7月⟦に公表するため"),
)


def is_meant(text: str, mention: Mention[Expression]) -> bool:
    """Whether the month is one that someone speaks of as to come: 7月に決める考えを示した, 7月に公表する報告に向け、議論する."""
    if not is_past(text):
        return SOON.match(text, mention.end) is not None
    meant = MEANT.match(text, mention.end)
    return meant is not None and NOT_OF_IT.match(text, mention.end, meant.end()) is None
