"""Document → spaCy ``Doc``: nothing lost, nothing moved, also through bytes."""

from __future__ import annotations

import warnings
from itertools import pairwise

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin, Span

import pipeline
from pipeline.entities import LABELS
from pipeline.flow import Analyzer
from pipeline.model.errors import HakushoError
from pipeline.spacy.attributes import FIELDS, register
from pipeline.spacy.doc import annotate, entities, to_doc
from tests.conftest import CHAPTER, ROOT, analyzer

CHAPTER_FILE = ROOT / f"corpus/{CHAPTER}.txt"
DEV = [
    ROOT / f"corpus/samples/{name}.txt"
    for name in ("police_s48", "diplomacy_r6", "agri_h6", "defense_r5", "welfare_h9")
]
# Line breaks, glosses, squared signs that are two words, decomposed kana, blanks, damaged text.
PIECES = [
    "防衛省", "は", "13（平成25）", "年10月", "3日", "、", "。", "\n", "\r\n", " ", "　", "\t", "㋀", "㍻25年", "ﾊﾞｽ",
    "か\u3099", "\u200b", "\ud800", "自衛隊法第76条", "日米\n安保条約", "\f", "（注）", "１", "同年", "𠮷", "｜", "Yahoo! JAPAN",
]  # fmt: skip


@pytest.fixture(scope="module")
def chapter(analyze: Analyzer) -> pipeline.Document:
    found = analyze(pipeline.read(CHAPTER_FILE))
    assert {entity.label for entity in found.entities} == set(LABELS)
    return found


@pytest.fixture(scope="module")
def doc(chapter: pipeline.Document) -> Doc:
    return to_doc(chapter)


def test_the_mentions_are_those_of_the_document(chapter: pipeline.Document, doc: Doc) -> None:
    assert doc.text == chapter.source.raw
    assert entities(doc) == chapter.entities
    assert tuple(span._.hakusho for span in doc.ents) == chapter.entities
    for span, entity in zip(doc.spans["hakusho"], chapter.entities, strict=True):
        assert (span.start_char, span.end_char, span.text, span.label_, span.id_, span._.aligned) == (
            entity.start, entity.end, entity.text, entity.label, entity.entity_id, True,
        )  # fmt: skip
        assert (span._.exact_start, span._.exact_end, span._.exact_text) == (
            entity.start,
            entity.end,
            entity.text,
        )
        for name in FIELDS:
            assert getattr(span._, name) == getattr(entity, name)


def test_sentences_and_source_are_kept(chapter: pipeline.Document, doc: Doc) -> None:
    kept = [(s.id_, s.label_, s.start_char, s.end_char) for s in doc.spans["hakusho_sentences"]]
    assert kept == [(s.sentence_id, s.kind, *s.raw_span(0, len(s.text))) for s in chapter.sentences]
    assert doc._.hakusho["doc_id"] == CHAPTER
    assert doc._.hakusho["reference_date"] == "2014-08-05"
    assert doc._.hakusho["sha256"] == chapter.source.sha256


def test_bytes_and_docbin_keep_all(chapter: pipeline.Document, doc: Doc) -> None:
    vocab = spacy.blank("ja").vocab
    through_bytes = Doc(vocab).from_bytes(doc.to_bytes())
    box = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    through_box = next(DocBin().from_bytes(box).get_docs(vocab))
    for back in (through_bytes, through_box):
        assert back.text == doc.text
        assert entities(back) == chapter.entities
        assert back._.hakusho == doc._.hakusho
        assert [s.text for s in back.sents] == [s.text for s in doc.sents]
        assert len(back.spans["hakusho_sentences"]) == len(chapter.sentences)
    assert box == DocBin(store_user_data=True, docs=[to_doc(chapter)]).to_bytes(), "the same bytes each time"


def test_merging_and_cutting_keep_the_attributes(analyze: Analyzer) -> None:
    docs = [to_doc(analyze(text)) for text in ("防衛省は2013年に", "外務省は2014年に自衛隊法を")]
    vocab = docs[0].vocab
    second = Doc(vocab).from_bytes(docs[1].to_bytes())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that what is known of the two sources does not go with them
        merged = Doc.from_docs([docs[0], second], ensure_whitespace=True)
    assert [e.norm for e in entities(merged)] == ["防衛省", "2013", "外務省", "2014", "自衛隊法"]
    cut = merged[-3:].as_doc(copy_user_data=True)
    assert [e._.norm for e in cut.ents] == ["自衛隊法"]


def test_ginza_gives_trees_over_the_same_words() -> None:
    document = analyzer("ginza")(pipeline.read(DEV[0]))
    doc = to_doc(document)
    assert entities(doc) == document.entities
    for sentence in doc.sents:
        assert sum(token.head == token for token in sentence) == 1
        assert all(token.head in sentence for token in sentence)
    by_start = {doc[i].idx: doc[i] for i in range(len(doc))}
    checked = 0
    for analysis in document.analyses:
        sentence = analysis.sentence
        for token in analysis.tokens:
            word = by_start[sentence.starts[token.start]]
            head = analysis.tokens[token.head]
            assert (word.pos_, word.lemma_, word.tag_) == (token.upos, token.lemma, token.pos)
            if word.dep_ not in ("dep", "ROOT"):
                assert (word.head.idx, word.dep_) == (sentence.starts[head.start], token.dep)
                checked += 1
    assert checked > 100


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_is_taken(text: str) -> None:
    document = analyzer()(text)
    doc = to_doc(document)
    assert doc.text == text.replace("\ud800", "\ufffd")
    assert [(e.start, e.end, e.norm) for e in entities(doc)] == [
        (e.start, e.end, e.norm) for e in document.entities
    ]
    assert all(span._.aligned for span in doc.spans["hakusho"])
    assert Doc(doc.vocab).from_bytes(doc.to_bytes()).text == doc.text
    assert [s.text for s in doc.sents] == [
        doc[a:b].text for a, b in pairwise([*(t.i for t in doc if t.is_sent_start), len(doc)])
    ]


def test_a_mention_within_a_token_gets_the_token_and_says_so(analyze: Analyzer) -> None:
    document = analyze("防衛省と外務省は2013年に")
    doc = Doc(spacy.blank("ja").vocab, words=["防衛省と外務省", "は2013", "年に"], spaces=[False] * 3)
    annotate(doc, document)
    assert entities(doc) == document.entities
    assert [(s.text, s._.exact_text, s._.aligned) for s in doc.spans["hakusho"]] == [
        ("防衛省と外務省", "防衛省", False),
        ("防衛省と外務省", "外務省", False),
        ("は2013年に", "2013年", False),
    ]
    assert [s._.norm for s in doc.ents] == ["防衛省", "2013"], "doc.ents cannot overlap"
    back = Doc(doc.vocab).from_bytes(doc.to_bytes())
    assert entities(back) == document.entities


def test_entities_of_others_are_kept_if_wanted(analyze: Analyzer) -> None:
    words = ["防衛省", "は", "東京", "に"]
    document = analyze("".join(words))
    for keep, wanted in ((False, ["防衛省"]), (True, ["防衛省", "東京"])):
        doc = Doc(spacy.blank("ja").vocab, words=words, spaces=[False] * 4)
        doc.ents = [Span(doc, 0, 2, label="Organization"), Span(doc, 2, 3, label="City")]
        annotate(doc, document, keep_ents=keep)
        assert [e.text for e in doc.ents] == wanted
        assert doc.ents[0].label_ == "ORG"
        assert doc.ents[-1]._.norm == ("" if keep else "防衛省")


def test_another_text_is_refused(analyze: Analyzer) -> None:
    doc = Doc(spacy.blank("ja").vocab, words=["外務省"], spaces=[False])
    with pytest.raises(ValueError, match="another text"):
        annotate(doc, analyze("防衛省"))


def test_attributes_under_a_prefix_and_names_that_are_taken(doc: Doc) -> None:
    register("hakusho_")
    assert doc.spans["hakusho"][0]._.hakusho_norm == doc.spans["hakusho"][0]._.norm
    Span.set_extension("my_norm", default="mine")
    with pytest.raises(HakushoError, match=r"span\._\.my_norm is taken .* attribute_prefix"):
        register("my_")
    Span.remove_extension("my_norm")
