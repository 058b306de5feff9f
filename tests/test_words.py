"""Terms, in which queries meet articles; how wide text is; how long ago something was."""

import random
import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reader import text
from reader.text import terms
from tests.hostile import anything

MEETINGS = {
    "English": ("cambodian ELECTION minister's", "The Cambodians' elections: Minister says"),
    "French": ("economie l'élection", "L’économie française et les élections d’été"),
    "German": ("strasse muller", "Müller wohnt in der Straße"),
    "Spanish": ("elecciones ninos", "La elección de los niños"),
    "Portuguese": ("eleição decisoes", "As eleições e a decisão"),
    "Russian": ("ещё выборы", "Еще раз: ВЫБОРЫ в Думу"),
    "Arabic": ("رئيس القدس", "الرئيس يزور الْقُدْس"),
    "Hindi": ("समाचार हिन्दी", "हिन्दी में समाचार"),
    "Khmer": ("កម្ពុជា", "ព័ត៌មាន\u200bកម្ពុជា\u200bថ្ងៃនេះ"),
    "Khmer without word breaks": ("ព័ត៌មាន\u200bកម្ពុជា", "ព័ត៌មានកម្ពុជាថ្ងៃនេះ"),
    "Khmer with a break in the article only": ("ព័ត៌មានកម្ពុជា", "ព័ត៌មាន\u200bកម្ពុជា\u200bថ្ងៃនេះ"),
    "Thai": ("ภาษาไทย", "ข่าวภาษาไทยวันนี้"),
    "Chinese": ("北京", "中国的首都北京举行会议"),
    "Japanese": ("東京", "東京で会議が開かれた"),
    "Korean": ("서울", "서울에서 열린 회의"),
    "full width": ("ＡＢＣ ｶﾞｽ", "ABC と ガス"),
    "Vietnamese": ("viet nam", "Việt Nam"),
    "Turkish": ("istanbul", "İSTANBUL"),
    "Persian": ("می‌خواهم", "من ميخواهم"),
    "numbers of other scripts": ("2024", "ឆ្នាំ ២០២៤"),
}


class TestWords:
    @pytest.mark.parametrize("language", MEETINGS)
    def test_a_query_meets_the_article(self, language):
        query, article = MEETINGS[language]
        terms = text.words(query)
        assert terms
        assert set(terms) <= set(text.words(article))

    @pytest.mark.parametrize(
        ("written", "terms"),
        [
            ("Cambodia's elections", ["cambodia", "election"]),
            (
                "cities boxes heroes movies crises news buses",
                ["city", "box", "hero", "movie", "crisis", "news", "bus"],
            ),
            ("Paris virus class this us", ["paris", "virus", "class", "this", "us"]),
            ("Israelis and taxis", ["israeli", "and", "taxi"]),
            ("the U.S. and U.N. in D.C.", ["the", "us", "and", "un", "in", "dc"]),
            ("don't O'Brien rock", ["dont", "obrien", "rock"]),
            ("in 2024, 12 of 1,200 or 9999 people; 3.5", ["in", "2024", "of", "or", "people"]),
            ("30% or 30 percent or 30 per cent", ["30pct", "or", "30pct", "or", "30pct"]),
            ("$5 million, 5m, €500 and 10 km, 10km", ["5m", "5m", "500eur", "and", "10km", "10km"]),
            ("3.5bn 1990s 20th 5G F-16 Covid-19", ["3p5bn", "1990", "20th", "5g", "f16", "covid"]),
            ("日本語", ["日本", "本語"]),
            ("米", ["米"]),
            ("ไทย ไท", ["ไทย", "ไท"]),
            ("iPhone手机 2024年", ["iphone", "手机", "2024", "年"]),
            ("snake_case a-b http://x.test/y", ["snake", "case", "a", "b", "http", "x", "test", "y"]),
            ("!?… — 12", []),
            ("", []),
        ],
    )
    def test_terms(self, written, terms):
        assert text.words(written) == terms

    def test_letters_that_only_look_accented_stay(self):
        assert text.words("май") != text.words("маи")
        assert text.words("が") != text.words("か")
        assert text.words("समाचार") != text.words("समाचर")

    def test_vowel_signs_stay_with_their_letters(self):
        assert text.words("क्षेत्र की") == ["क्षेत्र", "की"]
        assert all(unicodedata.category(term[0]) != "Zs" for term in text.words("កម្ពុជា"))
        assert "".join(text.words("ភាសា")[:1]) == "ភាស"

    @given(anything)
    @example("I'" * 20)
    @example("1,000,000.000,000 5 %")
    @example("ℌ\u0301℡ﷺ")
    def test_terms_are_letters_digits_and_marks(self, value):
        for term in text.words(value):
            assert term
            # Planes of Chinese that this Python's Unicode does not know yet count as letters, too.
            assert all(unicodedata.category(char)[0] in "LNM" or char >= "\U00020000" for char in term), term

    @given(st.text("aeéèüñçßøABZ’' -.", max_size=60))
    def test_case_and_accents_make_no_difference(self, value):
        bare = "".join(char for char in unicodedata.normalize("NFD", value) if char != "\u0301")
        assert text.words(value.replace("’", "'")) == text.words(bare)
        assert text.words(value.upper()) == text.words(value)


class TestWidth:
    @pytest.mark.parametrize(
        ("shown", "cells"),
        [("abc", 3), ("東京", 4), ("e\u0301", 1), ("👍🏽", 2), ("👩‍👩‍👧‍👦", 2), ("🇰🇭🇫🇷", 4), ("❤️", 2),
        ("a\u200bb", 2), ("ｶﾅ", 2), ("", 0)],
    )  # fmt: skip
    def test_cells(self, shown, cells):
        assert text.width(shown) == cells

    @given(anything)
    def test_no_text_is_wider_than_two_cells_a_character(self, value):
        assert 0 <= text.width(value) <= 2 * len(value)


class TestAgo:
    @pytest.mark.parametrize(
        ("seconds", "said"),
        [
            (-500, "just now"), (0, "just now"), (59, "just now"), (60, "1 min ago"),
            (3599, "59 min ago"), (3600, "1 h ago"),
            (86_399, "23 h ago"), (86_400, "1 day ago"), (13 * 86_400, "13 days ago"),
            (14 * 86_400, "2 weeks ago"),
            (61 * 86_400, "2 months ago"), (366 * 86_400, "1 year ago"), (800 * 86_400, "2 years ago"),
        ],
    )  # fmt: skip
    def test_in_words(self, seconds, said):
        now = datetime(2026, 11, 23, 8, tzinfo=UTC)
        assert text.ago(now - timedelta(seconds=seconds), now) == said


def test_what_is_looked_for_first_stands_in_every_acronym_and_leaning_word() -> None:
    chosen = random.Random(1)
    for _ in range(20_000):
        text = "".join(chosen.choices("lquesntoad''.. -1_é", k=chosen.randrange(9)))
        assert not terms._ACRONYM.search(text) or terms._POINTS.search(text)
        assert not terms._LEANING.search(text) or terms._LEANS.search(text)
