"""Coverage-guided fuzzing of what reads strangers' bytes: ``make fuzz``, or ``python -m tools.fuzz TARGET SECONDS``.

Each target must hold for any input; what breaks one is written to ``tests/finds/TARGET/`` and stays there as a case,
which ``tests/test_hostile.py`` runs. Needs atheris, which ``make fuzz`` installs beside the locked packages.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

try:
    import atheris
except ImportError:  # the cases are run without it
    atheris = None
watched: Any = atheris.instrument_imports(include=["pipeline"]) if atheris else nullcontext()
with watched:
    from pipeline.clean import clean
    from pipeline.entities.dates.parse import parse_date
    from pipeline.entities.laws.locators import read_locators
    from pipeline.model.errors import HakushoError
    from pipeline.model.source import Source
    from pipeline.read.encodings import decode
    from pipeline.read.html import extract, read_html
    from pipeline.read.pdf import read_pdf

ROOT = Path(__file__).parent.parent
FINDS = ROOT / "tests/finds"
DOCUMENTS = ROOT / "tests/documents"


def _text(data: bytes) -> str:
    """Return any text, lone surrogates included."""
    return data.decode("utf-8", "surrogateescape")


def _clear(error: HakushoError) -> None:
    """A refusal is one line."""
    assert len(str(error).splitlines()) == 1


def fuzz_decode(data: bytes) -> None:
    """Bytes are text or one clear line."""
    try:
        text, _ = decode(data, "x")
    except HakushoError as error:
        _clear(error)
    else:
        assert text.strip()


def fuzz_html(data: bytes) -> None:
    """A page gives a text without NULs, or one clear line."""
    assert "\0" not in extract(_text(data))[0]
    try:
        read_html(data, "x")
    except HakushoError as error:
        _clear(error)


def fuzz_pdf(data: bytes) -> None:
    """A PDF gives a text with a place for every character, or one clear line."""
    try:
        text, _, printed, _ = read_pdf(data, "x")
    except HakushoError as error:
        _clear(error)
    else:
        assert len(text) == len(printed.pages) == len(printed.boxes) // 4


def fuzz_clean(data: bytes) -> None:
    """Cleaning is total, monotone and idempotent."""
    raw = _text(data)
    text = clean(Source("x", raw))
    assert len(text.clean) == len(text.starts) == len(text.ends)
    assert list(text.starts) == sorted(text.starts)
    assert all(0 <= a < b <= len(raw) for a, b in zip(text.starts, text.ends, strict=True))
    assert clean(Source("x", text.clean)).clean == text.clean


def fuzz_dates(data: bytes) -> None:
    """A date expression has a value, or is refused as none."""
    try:
        parse_date(_text(data))
    except (ValueError, HakushoError):
        return


def fuzz_locators(data: bytes) -> None:
    """Locators end within the text, and not before they begin."""
    text = _text(data)
    end, _ = read_locators(text, 0)
    assert 0 <= end <= len(text)


TARGETS: dict[str, Callable[[bytes], None]] = {
    "decode": fuzz_decode,
    "html": fuzz_html,
    "pdf": fuzz_pdf,
    "clean": fuzz_clean,
    "dates": fuzz_dates,
    "locators": fuzz_locators,
}
SEEDS = {
    "decode": ["防衛省は".encode(codec) for codec in ("utf-8", "cp932", "euc_jp", "iso2022_jp", "utf-16")],
    "html": [
        "<meta charset=euc-jp><table><tr><td rowspan=2>平成<td>省<ul><li><sup>1</sup><ruby>字<rt>じ".encode()
    ],
    "pdf": [(DOCUMENTS / "upright.pdf").read_bytes()],
    "clean": ["㍻26年ｶﾞか\u3099\r\n（ウ）（工）１，０００".encode()],
    "dates": [
        "13（平成25）年10月３日から同月末".encode(),
        "昭和六十年度以降".encode(),
        "2014年4～6月".encode(),
    ],
    "locators": ["第3条の2第1項第2号及び第5条から第7条まで".encode(), "第三十七条の三".encode()],
}


def main(target: str, seconds: int) -> None:
    """Fuzz one target for so many seconds."""
    folder = FINDS / target
    folder.mkdir(parents=True, exist_ok=True)
    seeds = Path(__file__).parent.parent / ".fuzz" / target
    seeds.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[target]):
        (seeds / f"seed{number}").write_bytes(seed)
    atheris.Setup(
        [
            sys.argv[0],
            f"-max_total_time={seconds}",
            "-timeout=20",
            "-max_len=40000",
            f"-artifact_prefix={folder}/",
            str(seeds),
        ],
        TARGETS[target],
    )
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
