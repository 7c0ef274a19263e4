"""Makes the PDFs in ``tests/documents`` anew: pages of our own words, printed by headless Chromium.

    apt-get install chromium fonts-ipafont && pip install fonttools
    python -m tools.make_documents

The finished files are kept, so that the tests need neither browser nor font. Two runs differ in their time stamps only.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

DOCUMENTS = Path(__file__).parent.parent / "tests/documents"
FONTS = [
    Path("/usr/share/fonts/opentype", name) for name in ("ipafont-mincho/ipam.ttf", "ipafont-gothic/ipag.ttf")
]
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --no-pdf-header-footer --disable-pdf-tagging"
).split()
STYLE = """<!doctype html><meta charset="utf-8"><title>{title}</title><style>
@font-face {{ font-family: IPAMincho; src: url(ipam.ttf) }} @font-face {{ font-family: IPAGothic; src: url(ipag.ttf) }}
@page {{ size: 182mm 257mm; margin: 0 }}
* {{ box-sizing: border-box; margin: 0; padding: 0 }}
body {{ font: 9pt/15pt "IPAMincho"; text-align: justify; line-break: strict }}
.page {{ position: relative; width: 182mm; height: 256.9mm; page-break-after: always; overflow: hidden }}
.page > * {{ position: absolute }}
p {{ text-indent: 1em }} h1 {{ font: 16pt/24pt "IPAGothic" }} h2 {{ font: 12pt/20pt "IPAGothic" }}
h3 {{ font: 9.5pt/18pt "IPAGothic"; margin-top: 5pt }}
.head, .foot {{ font: 7.5pt/10pt "IPAGothic" }} .note {{ font-size: 6.5pt; line-height: 9.5pt }}
.note p {{ text-indent: -1.5em; padding-left: 1.5em }} sup {{ font-size: 5pt; line-height: 0; vertical-align: 3.5pt }}
.caption {{ font: 8pt/12pt "IPAGothic" }} table {{ border-collapse: collapse; font: 7.5pt/11pt "IPAGothic"; text-align: left }} th {{ font-weight: normal }}
td, th {{ border: .5pt solid black; padding: 2pt 4pt }} .box {{ border: .8pt solid black; padding: 6pt }}
.tab {{ writing-mode: vertical-rl; font: 7pt/9pt "IPAGothic" }} rt {{ font-size: 4.5pt }}
</style>"""
LAST = "</div>"

# Two pages of two columns each, in the manner of a ministry's yearbook: lines run from column to column and from page
# to page; notes stand at the foot of their column, a table and a box across both.
LEFT_1 = """
<p>国土の保全は、安全な暮らしの土台である。政府は、平成25年６月に災害対策基本法を改正し、大規模な災害に備えた体制を整えた<sup>1</sup>。
内閣府は、これに合わせて防災基本計画の見直しに着手し、関係省庁との間で協議を重ねてきた。</p>
<p>また、国土交通省は、同年９月に水防法に基づく浸水想定区域の指定を進め、河川の管理者と市町村とが情報を共有する仕組みを設けた。
気象庁は、<ruby>竜巻<rt>たつまき</rt></ruby>などの突風に関する情報の精度を高めるため、新しい観測の設備を全国に置いている。</p>
<h3>（１）協議会の設置</h3>
<p>平成25（2013）年10月３日、内閣府、総務省消防庁及び警察庁は、避難の手順に関する合同の協議会を開き、指針の案を取りまとめた。
協議会には、日本赤十字社（JRCS）のほか、地方公共団体の代表も加わり、翌年３月までに四回の会合を重ね、住民の参加を得た訓練のあり方や、
要配慮者の名簿の扱いについて、幅広い"""
NOTES_1 = """<p>1　災害対策基本法等の一部を改正する法律（平成25年法律第54号）による。</p>
<p>2　気象業務法第13条の２の規定による。</p>"""
RIGHT_1 = """観点から議論を行った。その結果は、平成26年３月に公表され、全国の自治体に送られている。</p>
<h3>（２）警報の伝達</h3>
<p>気象庁は、同年８月30日から特別警報<sup>2</sup>の運用を始めた。都道府県は、警報の通知を受けたときは、直ちに市町村に伝えなければならず、
市町村は、住民に周知させる措置をとる義務を負う。総務省は、放送法に基づき日本放送協会（NHK）に協力を求め、伝達の経路を二重にした。</p>
<p>さらに、消防庁は、全国瞬時警報システムの更新を平成27年度末までに終えることとし、所要の経費を計上した。"""
LEFT_2 = """このほか、海上保安庁は、港則法第37条の３に基づいて、船舶に対する避難の勧告を的確に行うための手引きを作成した。</p>
<h3>（３）国際協力</h3>
<p>わが国は、国際連合の防災世界会議を平成27年３月に仙台市で開くことを決め、外務省を中心に準備を進めている。同会議では、
兵庫行動枠組の後継となる枠組みの策定が見込まれている。</p>"""
RIGHT_2 = """<p>独立行政法人国際協力機構（JICA）は、平成26年度において、東南アジア諸国連合（ASEAN）の各国に専門家を派遣し、
防災に関する計画づくりを支援した。</p>
<p>世界銀行は、同年１月、東京に防災の拠点を開設した。</p>"""
BOX = """<h3>コラム　観測の今昔</h3><p>気象台の前身である東京気象台は、明治８年６月に内務省地理寮に置かれ、地震と気象の観測を始めた。
当時の観測は一日に三回であったが、明治19年には毎時の観測となり、明治20年に中央気象台と改称された。</p>
<p>昭和31年７月、気象庁は運輸省の外局となり、現在は国土交通省に属する。</p>"""
TABLE = """<div class="caption">図表１－２－１　防災に関する法律の整備</div><table>
<tr><th style="width:28mm">時期<th style="width:52mm">法律<th style="width:60mm">主な内容</tr>
<tr><td rowspan="2">平成25年<td>災害対策基本法<td>市町村長による名簿の作成</tr>
<tr><td>大規模災害からの復興に関する法律<td>政府による復興基本方針の策定、国土交通大臣による工事の代行など</tr>
<tr><td>平成26年<td>水防法<td>―</tr></table>"""
MINISTRY = (
    STYLE
    + f"""
<div class="page"><div class="head" style="left:20mm;top:12mm">第１部　災害に強い国づくり</div>
<div class="head" style="right:20mm;top:12mm">第２章　体制の整備</div>
<h1 style="left:20mm;top:22mm;width:142mm">第２節　防災の体制と関係機関の連携</h1>
<div style="left:20mm;top:38mm;width:142mm"><p>大規模な災害が続く中、政府は、国と地方が一体となった体制の構築を急いでいる。本節では、平成25年度における主な取組を述べる。</p></div>
<div style="left:20mm;top:56mm;width:67mm">{LEFT_1}</div><div class="note" style="left:20mm;top:202mm;width:67mm;border-top:.5pt solid">{NOTES_1}</div>
<div style="left:95mm;top:56mm;width:67mm">{RIGHT_1}</div>
<div style="left:20mm;top:216mm;width:142mm"></div>
<div class="tab" style="right:6mm;top:60mm">第１部　災害に強い国づくり</div>
<div class="foot" style="left:20mm;bottom:10mm">34</div>{LAST}
<div class="page"><div class="head" style="left:20mm;top:12mm">第１部　災害に強い国づくり</div>
<div class="head" style="right:20mm;top:12mm">第２章　体制の整備</div>
<div style="left:20mm;top:22mm;width:67mm">{LEFT_2}</div><div style="left:95mm;top:22mm;width:67mm">{RIGHT_2}</div>
<div style="left:20mm;top:96mm;width:142mm">{TABLE}</div>
<div class="box" style="left:20mm;top:148mm;width:142mm;column-count:2;column-gap:8mm">{BOX}</div>
<div class="foot" style="right:20mm;bottom:10mm">35</div>{LAST}"""
)

PARAGRAPHS = """
昭和五十三年版の本白書は、過去一年間における行政の歩みを記したものである。運輸省は、新東京国際空港の開港に当たり、航空法
第五十五条の二に定める検査を行い、昭和五十三年五月二十日に同空港の供用を開始した。

日本国有鉄道は、昭和五十二年度から再建の計画を進め、日本鉄道建設公団は、上越新幹線の工事を続けた。環境庁は、騒音に係る
環境基準を定め、関係の機関に通知した。International Civil Aviation Organization（ICAO）は、新しい方式の採用を決定した。
""".strip().split("\n\n")
PLAIN = STYLE + "".join(
    f'<div class="page"><div style="left:30mm;top:30mm;width:120mm">{title}'
    + "".join(f"<p>{text}</p>" for text in PARAGRAPHS[:n] * 2)
    + f'</div><div class="foot" style="left:0;right:0;bottom:12mm;text-align:center">― {page} ―</div>{LAST}'
    for page, n, title in ((7, 2, "<h1>第１章　航空の動き</h1>"), (8, 1, ""))
)
UPRIGHT = (
    STYLE
    + '<div class="page"><div style="right:20mm;top:30mm;width:60mm;height:110mm;writing-mode:vertical-rl">'
    + "<h2>第一章　航空</h2>"
    + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    + "</div></div>"
)
TURNED = (
    STYLE
    + '<div class="page"><div style="left:91mm;top:128mm;width:200mm;transform:translate(-50%,-50%) rotate(-90deg)">'
    + "<h2>第１章　航空</h2>"
    + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    + "</div></div>"
)
PICTURE = (
    STYLE
    + '<div class="page"><canvas id="c" width="300" height="200" style="left:20mm;top:20mm"></canvas>'
    + '<script>c.getContext("2d").fillRect(9,9,99,99)</script></div>'
)
PAGES = {
    "ministry": MINISTRY.format(title="平成26年版　防災の動き"),
    "plain": PLAIN.format(title="昭和53年版　航空の動き"),
    "upright": UPRIGHT.format(title="航空の動き"),
    "turned": TURNED.format(title="航空の動き"),
    "picture": PICTURE.format(title=""),
}


def _thin(folder: Path, page: str) -> None:
    """Leave in the fonts only the letters of ``page``, without hints, so that the files stay small."""
    for font in FONTS:
        tool = [sys.executable, "-m", "fontTools.subset", str(font), f"--text={page}０１２３４５６７８９"]
        more = ["--no-hinting", "--layout-features=vert", f"--output-file={folder / font.name}"]
        subprocess.run([*tool, *more], check=True, capture_output=True)


def make(folder: Path) -> None:
    """Print every page into ``folder``."""
    browser = shutil.which("chromium") or sys.exit(
        "chromium is missing: apt-get install chromium fonts-ipafont"
    )
    with tempfile.TemporaryDirectory() as scratch:
        for name, page in PAGES.items():
            _thin(Path(scratch), page)
            source = Path(scratch, f"{name}.html")
            source.write_text(page.replace("\n", ""), encoding="utf-8")
            target = folder / f"{name}.pdf"
            command = [
                browser,
                *FLAGS,
                f"--user-data-dir={scratch}/profile",
                f"--print-to-pdf={target}",
                source.as_uri(),
            ]
            subprocess.run(command, check=True, capture_output=True, timeout=120)


if __name__ == "__main__":
    make(DOCUMENTS)
