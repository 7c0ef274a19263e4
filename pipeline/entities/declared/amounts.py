"""Amounts as numbers: digits, kanji numerals and both, with 万, 億, 兆 and 京 (3億5,000万, 三千五百, 1.5億)."""

from __future__ import annotations

import re
from decimal import Context, Decimal, localcontext

from pipeline import numerals

# The signs of four digits each, the greatest first; behind the last one stands what is below ten thousand.
SCALES = (("京", 10**16), ("兆", 10**12), ("億", 10**8), ("万", 10**4), ("", 1))
_DIGITS = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]{1,20}(?:\.[0-9]+)?"
_ONE = "[一二三四五六七八九]"
_KANJI = f"[〇一二三四五六七八九]{{1,20}}|(?:{_ONE}?千)?〇?(?:{_ONE}?百)?〇?(?:{_ONE}?十)?〇?{_ONE}?"
# 5千, 3千5百: digits before the signs of kanji.
_MIXED = "(?:([0-9])千)?(?:([0-9])百)?(?:([0-9])十)?([0-9])?"
PLACES = (1000, 100, 10, 1)
LONGEST = 60  # characters of an amount (決め打ち)
# As many digits as the longest amount can have: nothing is rounded.
EXACT = Context(prec=LONGEST + 17)


def amount(text: str) -> str:
    """Return the number that is written in a clean text, without commas; ``""`` if it is none for certain.

    >>> [amount(text) for text in ("3億5,000万", "三億五千万", "1.5億", "5千万", "二〇〇", "1,234.50")]
    ['350000000', '350000000', '150000000', '50000000', '200', '1234.5']
    >>> [amount(text) for text in ("1,5億", "3万5億", "億", "1.5億3万", "")]
    ['', '', '', '', '']
    """
    plain = numerals.plain(text)
    if not plain or len(plain) > LONGEST:
        return ""
    with localcontext(EXACT):
        return _read(plain)


def _read(rest: str) -> str:
    total, above = Decimal(0), 0
    for sign, scale in SCALES:
        head, found, tail = rest.partition(sign) if sign else (rest, "", "")
        if (sign and not found) or (not sign and not head):
            continue
        piece = _small(head)
        # 3億20000万 and 1.5億3万 are no numbers; 20000万 and 1.5億 are.
        if piece is None or (above and (piece * scale >= above or total % above)):
            return ""
        total, above, rest = total + piece * scale, scale, tail
    return _written(total)


def _small(text: str) -> Decimal | None:
    """Return the number before a sign of scale, None if it is none."""
    if re.fullmatch(_DIGITS, text):
        return Decimal(text.replace(",", ""))
    if not text:
        return None
    if re.fullmatch(_KANJI, text):
        return Decimal(numerals.number(text))
    mixed = re.fullmatch(_MIXED, text)
    if not mixed:
        return None
    return Decimal(sum(int(digit or 0) * place for digit, place in zip(mixed.groups(), PLACES, strict=True)))


def _written(number: Decimal) -> str:
    whole = number.to_integral_value()
    return f"{whole:f}" if number == whole else f"{number.normalize():f}"
