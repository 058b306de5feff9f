"""Bytes of unknown encoding to text, in the order of decision that keeps honest pages whole.

BOM; the zero bytes of UTF-16 and UTF-32; ISO-2022-JP's escapes (its bytes are ASCII, so they would pass as
UTF-8); valid UTF-8, which beats any label; nearly valid UTF-8, so that one bad byte never turns a whole feed
into mojibake; the labels of the HTTP header and of the document, by WHATWG's list only (no utf-7,
unicode_escape, rot13); UTF-8 with more damage; a detector; windows-1252.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

# https://encoding.spec.whatwg.org/#names-and-labels, by the name of Python's codec
_LABELS = """
utf_8: unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8
cp866: 866 cp866 csibm866 ibm866
iso8859_2: csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2
iso8859_3: csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3
iso8859_4: csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4
iso8859_5: csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988
iso8859_6: arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e
iso8859_6: iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987
iso8859_7: csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597
iso8859_7: iso_8859-7 iso_8859-7:1987 sun_eu_greek
iso8859_8: csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598
iso8859_8: iso_8859-8 iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical
iso8859_10: csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6
iso8859_13: iso-8859-13 iso8859-13 iso885913
iso8859_14: iso-8859-14 iso8859-14 iso885914
iso8859_15: csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9
iso8859_16: iso-8859-16
koi8_r: cskoi8r koi koi8 koi8-r koi8_r
koi8_u: koi8-ru koi8-u
mac_roman: csmacintosh mac macintosh x-mac-roman
mac_cyrillic: x-mac-cyrillic x-mac-ukrainian
cp874: dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874
cp1250: cp1250 windows-1250 x-cp1250
cp1251: cp1251 windows-1251 x-cp1251
cp1252: ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591
cp1252: iso_8859-1 iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252
cp1253: cp1253 windows-1253 x-cp1253
cp1254: cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5
cp1254: windows-1254 x-cp1254
cp1255: cp1255 windows-1255 x-cp1255
cp1256: cp1256 windows-1256 x-cp1256
cp1257: cp1257 windows-1257 x-cp1257
cp1258: cp1258 windows-1258 x-cp1258
gb18030: chinese csgb2312 csiso58gb231280 gb18030 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk
big5hkscs: big5 big5-hkscs cn-big5 csbig5 x-x-big5
euc_jp: cseucpkdfmtjapanese euc-jp x-euc-jp
iso2022_jp: csiso2022jp iso-2022-jp
cp932: csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis
cp949: cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601
cp949: ksc_5601 windows-949
utf_16_be: unicodefffe utf-16be
utf_16_le: csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le
"""

_BOMS = (
    (b"\xef\xbb\xbf", "utf_8"),
    (b"\xff\xfe\x00\x00", "utf_32_le"),
    (b"\x00\x00\xfe\xff", "utf_32_be"),
    (b"\xff\xfe", "utf_16_le"),
    (b"\xfe\xff", "utf_16_be"),
)
_WIDE = (  # how the first ASCII character of a document looks in the wide encodings
    (re.compile(rb"[\t\n\r -~]\0\0\0"), "utf_32_le"),
    (re.compile(rb"\0\0\0[\t\n\r -~]"), "utf_32_be"),
    (re.compile(rb"[\t\n\r -~]\0[^\0]"), "utf_16_le"),
    (re.compile(rb"\0[\t\n\r -~]\0"), "utf_16_be"),
)
_JAPANESE_ESCAPE = re.compile(rb"\x1b(?:\$[@B]|\([JI])")
_DECLARED = re.compile(
    rb"""<\?xml\s[^>]*?\bencoding\s*=\s*["']?([\w.:-]{1,40})|<meta\s[^>]*?\bcharset\s*=\s*["']?([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_HEADER_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE)
_DECLARED_WITHIN = 1024  # bytes; where HTML looks for its label too
_WESTERN = "cp1252"  # the web's default, and what a server that knows nothing states for everything
_GOOD_PER_BAD = 20  # as many sound characters for each broken one: the encoding is right, the text damaged
_SAMPLE = 8 * 1024  # bytes the detector sees: enough to know a language by
_SAMPLE_FROM = 512 * 1024  # bytes the sample is gathered from
_BETWEEN_TEXTS = re.compile(rb"[<>\"'=]+")
_DETECTABLE = ["cp1251", "cp1252", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "cp874"]
_DETECTABLE += ["gb18030", "big5", "euc_jp", "cp932", "cp949", "iso8859_2", "iso8859_5", "iso8859_7"]


def decode(body: bytes, content_type: str = "") -> str:
    """Return the text of `body`, damage as U+FFFD; `content_type` is the HTTP header, if any."""
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return _replaced(body[len(mark) :], codec)
    for pattern, codec in _WIDE:
        if pattern.match(body):
            return _replaced(body, codec)
    if body.isascii():
        return _ascii(body)
    try:
        return body.decode("utf_8")
    except UnicodeDecodeError:
        return _damaged(body, tuple(_labels(body, content_type)))


def codec_of(label: str) -> str:
    """Return Python's codec for a label of WHATWG's list, or ""."""
    return _table().get(label.strip().lower(), "")


@cache
def _table() -> dict[str, str]:
    rows = (line.partition(": ") for line in _LABELS.strip().splitlines())
    return {label: codec for codec, _, labels in rows for label in labels.split()}


def _labels(body: bytes, content_type: str) -> Iterator[str]:
    """Yield the codecs that the header and the document name, the more trustworthy first."""
    header = _HEADER_CHARSET.search(content_type)
    inside = _DECLARED.search(body[:_DECLARED_WITHIN])
    stated = codec_of(header[1]) if header else ""
    own = codec_of((inside[1] or inside[2]).decode("ascii", "replace")) if inside else ""
    order = (own, stated) if stated == _WESTERN and own else (stated, own)
    return (codec for codec in order if codec)


def _ascii(body: bytes) -> str:
    if _JAPANESE_ESCAPE.search(body):
        try:
            return body.decode("iso2022_jp")
        except UnicodeDecodeError:
            pass  # escapes of another kind: the gate for text removes them
    return body.decode("ascii")


def _damaged(body: bytes, labels: tuple[str, ...]) -> str:
    """Return the text of bytes that are not valid UTF-8."""
    try:
        return _replaced(
            body.decode("utf_8", "surrogatepass").encode("utf_16_le", "surrogatepass"), "utf_16_le"
        )
    except UnicodeDecodeError:  # not CESU-8 either (emoji as two surrogates of three bytes each)
        pass
    utf8 = body.decode("utf_8", "replace")
    good, bad = _soundness(utf8)
    if good >= _GOOD_PER_BAD * bad:
        return utf8
    for codec in labels:
        if codec == "utf_8":
            continue
        text = _replaced(body, codec)
        sound, broken = _soundness(text)
        if sound >= broken:  # a stated label stands unless it is plainly wrong
            return text
    return utf8 if good > bad else _replaced(body, _detected(body) or _WESTERN)


def _soundness(text: str) -> tuple[int, int]:
    """Count the characters beyond ASCII that are sound, and those that stand for damage."""
    bad = text.count("\ufffd")
    return len(text) - len(text.encode("ascii", "ignore")) - bad, bad


def _detected(body: bytes) -> str:
    """Ask charset-normalizer about the texts and attributes of `body` that have more than ASCII in them."""
    from charset_normalizer import from_bytes

    runs = (run for run in _BETWEEN_TEXTS.split(body[:_SAMPLE_FROM]) if not run.isascii())
    found = from_bytes(b" ".join(runs)[:_SAMPLE], cp_isolation=_DETECTABLE, preemptive_behaviour=False)
    best = found.best()
    if not best:
        return ""
    equals = [match for match in found if (match.chaos, match.coherence) == (best.chaos, best.coherence)]
    if any(_WESTERN in match.could_be_from_charset for match in equals):
        return _WESTERN  # a few accented letters fit several neighbours: take the commonest
    return best.encoding


def _replaced(body: bytes, codec: str) -> str:
    return body.decode(codec, "replace").removeprefix("\ufeff")
