"""Records of the Diet and statutes, as their APIs give them: JSON and XML say the same."""

from __future__ import annotations

import base64
import json
from datetime import date
from pathlib import Path

import pytest

from pipeline.clean import clean
from pipeline.read import read
from pipeline.structure import structure
from tests.growth import assert_linear
from tests.read.test_read import complaint, write

SAID = "○国務大臣（山田太郎君）　防衛省は、平成二十六年十月三日に、\r\n　自衛隊法を改正した。\r\n　次に、外務省は協議した。"
MEETING = {"nameOfHouse": "衆議院", "nameOfMeeting": "安全保障委員会", "issue": "第3号", "date": "2014-10-03"}
WANTED = (
    "衆議院　安全保障委員会　第3号　2014-10-03\n\n○国務大臣（山田太郎君）\n\n"
    "防衛省は、平成二十六年十月三日に、\n自衛隊法を改正した。\n　次に、外務省は協議した。\n\n鈴木花子\n\n質問します。\n"
)
SPEECHES = [{"speech": SAID}, {"speaker": "鈴木花子", "speech": "質問します。"}]


def fields(record: dict[str, str]) -> str:
    return "".join(f"<{name}>{value}</{name}>" for name, value in record.items())


def as_xml(speeches: list[dict[str, str]]) -> str:
    records = "".join(
        f"<record><recordData><speechRecord>{fields(s)}</speechRecord></recordData></record>"
        for s in speeches
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><data><numberOfRecords>2</numberOfRecords><records>{records}</records></data>'


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (
            "a.json",
            json.dumps({"numberOfRecords": 2, "speechRecord": [MEETING | speech for speech in SPEECHES]}),
        ),
        ("a.json", json.dumps({"meetingRecord": [MEETING | {"speechRecord": SPEECHES}]}, ensure_ascii=False)),
        ("a.txt", json.dumps({"speechRecord": [MEETING | speech for speech in SPEECHES]})),
        ("a.xml", as_xml([MEETING | speech for speech in SPEECHES])),
        (
            "a.xml",
            f"<?xml version='1.0'?><data><records><record><recordData><meetingRecord>{fields(MEETING)}"
            + "".join(f"<speechRecord>{fields(speech)}</speechRecord>" for speech in SPEECHES)
            + "</meetingRecord></recordData></record></records></data>",
        ),
    ],
)
def test_records_of_the_diet(tmp_path: Path, name: str, content: str) -> None:
    source = read(write(tmp_path, name, content))
    assert (source.raw, source.format, source.reference_date) == (WANTED, "kokkai", date(2014, 10, 3))
    found = structure(clean(source))
    assert [b.kind for b in found.blocks] == [
        "heading",
        "heading",
        "paragraph",
        "paragraph",
        "heading",
        "paragraph",
    ]
    # A line end within a sentence does not part it.
    assert any("十月三日に、自衛隊法を改正した。" in s.text for s in found.sentences)
    assert source.evidence["reference_date"].source == "metadata"


def test_speeches_of_two_days_name_no_day(tmp_path: Path) -> None:
    speeches = [MEETING | {"speech": "一。"}, MEETING | {"speech": "二。", "date": "2014-10-04"}]
    assert read(write(tmp_path, "a.json", json.dumps({"speechRecord": speeches}))).reference_date is None


LAW = """<?xml version="1.0" encoding="UTF-8"?>
<Law Era="Showa" Lang="ja"><LawNum>昭和二十九年法律第百号</LawNum><LawBody><LawTitle Kana="じ">自衛隊協力法</LawTitle>
 <TOC><TOCLabel>目次</TOCLabel></TOC>
 <MainProvision><Chapter Num="1"><ChapterTitle>第一章　総則</ChapterTitle>
  <Article Num="1"><ArticleCaption>（目的）</ArticleCaption><ArticleTitle>第一条</ArticleTitle>
   <Paragraph Num="1"><ParagraphNum/><ParagraphSentence><Sentence>この法律は、<Ruby>拉<Rt>ら</Rt></Ruby>致を防ぐ。</Sentence><Sentence>ただし、
     例外がある。</Sentence></ParagraphSentence>
    <Item Num="1"><ItemTitle>一</ItemTitle><ItemSentence><Column Num="1"><Sentence>防衛大臣</Sentence></Column><Column Num="2"><Sentence>長</Sentence></Column></ItemSentence></Item>
   </Paragraph>
   <Paragraph Num="2"><ParagraphNum>２</ParagraphNum><ParagraphSentence><Sentence>前項と同じ。</Sentence></ParagraphSentence></Paragraph>
  </Article></Chapter></MainProvision>
 <SupplProvision><SupplProvisionLabel>附　則</SupplProvisionLabel>
  <Paragraph Num="1"><ParagraphNum/><ParagraphSentence><Sentence>公布の日から施行する。</Sentence></ParagraphSentence></Paragraph></SupplProvision>
 <AppdxTable><AppdxTableTitle>別表</AppdxTableTitle><TableStruct><Table>
  <TableRow><TableColumn rowspan="2"><Sentence>省</Sentence></TableColumn><TableColumn><Sentence>防衛省</Sentence></TableColumn></TableRow>
  <TableRow><TableColumn><Sentence>外務省</Sentence></TableColumn></TableRow></Table></TableStruct></AppdxTable>
</LawBody></Law>"""
TEXT = (
    "昭和二十九年法律第百号\n\n自衛隊協力法\n\n第一章　総則\n\n（目的）\n第一条　この法律は、拉致を防ぐ。ただし、例外がある。\n"
    "一　防衛大臣　長\n２　前項と同じ。\n\n附　則\n\n公布の日から施行する。\n\n別表\n\n省\t防衛省\n省\t外務省\n"
)


def as_json(node: object) -> object:
    import xml.etree.ElementTree as ET

    if isinstance(node, ET.Element):
        children: list[object] = [node.text] if node.text and node.text.strip() else []
        for child in node:
            children.append(as_json(child))
            if child.tail and child.tail.strip():
                children.append(child.tail)
        return {"tag": node.tag, "attr": dict(node.attrib), "children": children}
    return node


@pytest.mark.parametrize("kind", ["xml", "answer", "json", "encoded", "utf-16"])
def test_statutes(tmp_path: Path, kind: str) -> None:
    import xml.etree.ElementTree as ET

    inner = LAW.partition("?>")[2]
    content: dict[str, tuple[str, str | bytes]] = {
        "xml": ("a.xml", LAW),
        "answer": ("a.xml", f"<DataRoot><Result><Message/></Result><ApplData><LawFullText>{inner}</LawFullText></ApplData></DataRoot>"),
        "json": ("a.json", json.dumps({"law_info": {}, "law_full_text": as_json(ET.fromstring(LAW))})),
        "encoded": ("a.json", json.dumps({"law_full_text": base64.b64encode(LAW.encode()).decode()})),
        "utf-16": ("a.xml", LAW.replace("UTF-8", "UTF-16").encode("utf-16")),
    }  # fmt: skip
    source = read(write(tmp_path, *content[kind]))
    assert (source.raw, source.title, source.format) == (TEXT, "自衛隊協力法", "egov")
    headings = [
        (b.level, source.raw[b.start : b.end]) for b in structure(clean(source)).blocks if b.kind == "heading"
    ]
    assert headings == [(1, "自衛隊協力法"), (2, "第一章　総則"), (2, "附　則"), (2, "別表")]


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.xml", '<?xml version="1.0"?><rss><channel/></rss>', "XML of a kind that is not read (<rss>)"),
        ("a.xml", "<?xml version='1.0'?><Law><LawBody>", "damaged or cut off"),
        ("a.xml", "<?xml version='1.0'?><Law></Law>", "holds no statute"),
        ("a.xml", "<?xml version='1.0'?><data></data>", "holds no speech"),
        ("a.xml", "防衛省は", "is not XML"),
        ("a.xml", '<!DOCTYPE x [<!ENTITY a "b">]><Law>&a;</Law>', "is not XML"),
        ("a.xml", '<?xml version="1.0"?><!DOCTYPE Law [<!ENTITY a "b">]><Law>&a;</Law>', "declares entities"),
        ("a.xml", '<?xml version="1.0"?><!DOCTYPE Law [<!ENTITY a SYSTEM "file:///etc/passwd">]><Law>&a;</Law>', "declares entities"),
        ("a.json", "{", "damaged or no JSON"),
        ("a.json", '{"a": 1}', "JSON of a kind that is not read"),
        ("a.json", "[" * 100_000, "nests too deep"),
        ("a.json", '{"speechRecord": []}', "holds no speech"),
        ("a.json", '{"speechRecord": [{"speech": 5}, 7, null]}', "holds no speech"),
        ("a.json", '{"law_full_text": {"tag": "x"}}', "holds no statute"),
        ("a.json", '{"law_full_text": "AAAA"}', ""),
    ],
)  # fmt: skip
def test_what_is_none_of_these(tmp_path: Path, name: str, content: str, what: str) -> None:
    assert what in complaint(read, write(tmp_path, name, content))


def test_braces_in_a_text_are_no_json(tmp_path: Path) -> None:
    assert read(write(tmp_path, "a.txt", '{"防衛省は発表した。')).format == "text"


def test_a_lone_surrogate_is_no_character(tmp_path: Path) -> None:
    assert (
        "\ud800" not in read(write(tmp_path, "a.json", '{"speechRecord":[{"speech":"\\ud800防衛省"}]}')).raw
    )


def test_the_time_stays_linear(tmp_path: Path) -> None:
    def law(times: int) -> None:
        read(
            write(
                tmp_path,
                "a.xml",
                "<Law><LawBody>"
                + "<Item><ItemTitle>一</ItemTitle>" * times
                + "</Item>" * times
                + "</LawBody></Law>",
            )
        )

    def diet(times: int) -> None:
        read(write(tmp_path, "a.json", json.dumps({"speechRecord": SPEECHES * times})))

    assert_linear(law, 5000, 20_000)
    assert_linear(diet, 1000, 4000)
