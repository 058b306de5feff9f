"""Bytes to text: what wins when marks, labels and bytes disagree."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.encoding import codec_of, decode

RUSSIAN = "Новости дня сегодня"
XML = '<?xml version="1.0" encoding="{}"?><t>{}</t>'


def declared(label: str, text: str, codec: str) -> bytes:
    return XML.format(label, text).encode(codec)


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_mark_beats_every_label(mark, codec):
    assert decode(mark + declared("koi8-r", RUSSIAN, codec)) == XML.format("koi8-r", RUSSIAN)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_wide_encodings_are_known_by_their_zero_bytes(codec):
    assert decode(f"<t>{RUSSIAN}</t>".encode(codec)) == f"<t>{RUSSIAN}</t>"


def test_valid_utf8_beats_any_label():
    assert RUSSIAN in decode(declared("windows-1251", RUSSIAN, "utf-8"), "text/xml; charset=iso-8859-1")


@pytest.mark.parametrize(
    ("label", "codec", "text"),
    [
        ("windows-1251", "cp1251", RUSSIAN),
        ("KOI8-R", "koi8_r", RUSSIAN),
        ("big5", "big5", "繁體中文新聞"),
        ("gb2312", "gb18030", "简体中文新闻"),
        ("shift_jis", "cp932", "日本語ニュース"),
        ("euc-jp", "euc_jp", "日本語ニュース"),
        ("iso-2022-jp", "iso2022_jp", "日本語ニュース"),
        ("euc-kr", "cp949", "오늘의 뉴스"),
        ("iso-8859-15", "iso8859_15", "Café 5 €"),
        ("iso-8859-1", "cp1252", "“Quotes” – € ‘s’"),
        ("windows-1256", "cp1256", "أخبار اليوم"),
    ],
)
def test_declared_encodings_are_read(label, codec, text):
    assert text in decode(declared(label, text, codec))
    assert text in decode(f"<t>{text}</t>".encode(codec), f"application/rss+xml; charset={label}")


def test_a_servers_default_label_yields_to_the_documents_own():
    body = declared("windows-1251", RUSSIAN, "cp1251")
    assert RUSSIAN in decode(body, "text/xml; charset=iso-8859-1")
    assert RUSSIAN in decode(body, "text/xml; charset=utf-8")


def test_html_states_its_encoding_in_a_meta_element():
    assert RUSSIAN in decode(f'<html><meta charset="koi8-r"><p>{RUSSIAN}'.encode("koi8_r"))


@pytest.mark.parametrize("label", ["utf-7", "unicode_escape", "rot13", "idna", "punycode", "zlib_codec", ""])
def test_labels_beyond_whatwgs_list_are_no_labels(label):
    assert codec_of(label) == ""
    assert "+ABs-" in decode(declared(label, "+ABs-]0;x", "ascii"))


def test_one_bad_byte_costs_one_character():
    body = declared("utf-8", RUSSIAN * 5, "utf-8").replace(
        "сегодня".encode(), b"\xff" + "сегодня".encode(), 1
    )
    assert decode(body).count("\ufffd") == 1
    assert RUSSIAN in decode(body)


def test_nearly_valid_utf8_beats_a_label_that_fits_anything():
    body = declared("windows-1251", RUSSIAN * 5 + "!", "utf-8").replace(b"!", b"\xff")
    assert RUSSIAN in decode(body)


def test_a_wrong_utf8_label_makes_no_mojibake():
    assert RUSSIAN in decode(declared("utf-8", RUSSIAN * 3, "cp1251"))


@pytest.mark.parametrize(
    ("codec", "text"), [("cp1252", "Café déjà vu, naïve élève"), ("cp1251", RUSSIAN * 2)]
)
def test_without_any_label_the_language_tells(codec, text):
    assert text in decode(f"<t>{text}</t>".encode(codec))


def test_emoji_as_surrogates_of_three_bytes_each():
    assert decode(b"a\xed\xa0\xbd\xed\xb8\x80b") == "a😀b"


@given(st.binary(max_size=300), st.text(max_size=40))
def test_any_bytes_become_text_that_can_be_written(body, content_type):
    decode(body, content_type).encode()


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_utf8_is_never_mistaken(text):
    whole = f"<t>{text}"
    if "\x1b" not in text and "\0" not in text:
        assert decode(whole.encode()) == whole
