"""Links and pictures of a document: what they say, where they lead, which ones vanish."""

import pytest

from reader import document
from tests.outlines import BASE, outline, read, urls


class TestLinks:
    def test_are_numbered_and_resolved(self):
        html = "<a href='/a'>one</a> <a href='b?x=1&amp;y=2'>two <b>bold</b></a> <a href='https://site.test/a'>again</a>"
        shown = document.from_html(html, BASE)
        assert outline(shown.blocks) == ["one[0] two [1]*bold*[1] again[0]"]
        assert [(link.url, link.text) for link in shown.links] == [
            ("https://site.test/a", "one"),
            ("https://site.test/news/b?x=1&y=2", "two bold"),
        ]

    @pytest.mark.parametrize(
        "address",
        [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "mailto:a@b.test",
            "//",
            "#part",
            "",
        ],
    )
    def test_unsafe_ones_are_text(self, address):
        assert read(f"<a href='{address}'>words</a>") == ["words"]
        assert urls(f"<a href='{address}'>words</a>") == []

    def test_a_login_is_left_out(self):
        assert urls("<a href='http://user:secret@bank.test/x'>x</a>") == ["http://bank.test/x"]

    @pytest.mark.parametrize(
        "words",
        [
            "http://paypal.test/",
            "www.paypal.test",
            "paypal.com",
            "See http://paypal.test now",
            "paypal.test/login?x=1",
            "http://paypal.test@evil.test/",
            "раураӏ.com",
        ],
    )
    def test_words_that_pretend_another_host_show_the_real_one(self, words):
        assert read(f"<a href='http://paypal.test.evil.test/x'>{words}</a>!") == [
            f"{words}[0] (paypal.test.evil.test)!"
        ]

    @pytest.mark.parametrize(
        "words",
        [
            "evil.test",
            "http://www.evil.test/y",
            "click here",
            "tf.data",
            "main.py",
            "e.g. this",
            "runtime.Version",
            "3.11",
        ],
    )
    def test_honest_words_show_nothing_more(self, words):
        assert read(f"<a href='http://www.evil.test/x'>{words}</a>") == [f"{words}[0]"]

    def test_look_alike_letters_show_the_name_in_ascii(self):
        assert read("<a href='http://аррӏе.com/'>http://аррӏе.com/</a>") == [
            "http://аррӏе.com/[0] (xn--80ak6aa92e.com)"
        ]

    def test_permalinks_of_headings_vanish(self):
        assert read(
            "<h2>Part <a class=headerlink href='#part'>¶</a></h2><p>x<sup><a href='#fn'>1</a></sup>"
        ) == ["## Part", "x^1^"]

    def test_a_break_after_a_link_is_not_part_of_it(self):
        assert read("<a href='/a'>one </a><br>two") == ["one[0]\ntwo"]


class TestPictures:
    def test_in_words_with_a_link(self):
        assert read("<img src='/a.jpg' alt='A  cat'>") == ["image A cat[0]"]
        assert urls("<img src='/a.jpg' alt='A cat'>") == ["https://site.test/a.jpg"]
        assert read("<a href='/big'><img src='/a.jpg' alt='A cat'></a>") == ["image A cat[0]"]
        assert urls("<a href='/big'><img src='/a.jpg'></a>") == ["https://site.test/big"]

    def test_captions(self):
        html = "<figure><img src=a.png alt='A cat'><figcaption>{}</figcaption></figure>"
        assert read(html.format("The cat of the <b>year</b>")) == [
            "image A cat[0]",
            "_The cat of the _*_year_*",
        ]
        assert read(html.format("A cat")) == ["image A cat[0]"]

    def test_a_title_worth_reading_is_shown(self):
        assert read("<img src=a.png alt='Comic' title='Someone is wrong on the internet'>") == [
            "image Comic[0]",
            "_Someone is wrong on the internet_",
        ]
        assert read("<img src=a.png alt='Comic' title='Comic'>") == ["image Comic[0]"]

    def test_loaded_late(self):
        assert urls("<img src='data:image/gif;base64,R0' data-src='/real.jpg'>") == [
            "https://site.test/real.jpg"
        ]
        assert urls(
            "<picture><source srcset='/a.webp'><img srcset='/small.jpg 1x, /big.jpg 2x'></picture>"
        ) == ["https://site.test/small.jpg"]

    @pytest.mark.parametrize(
        "pixel",
        [
            "<img src=http://x.test/a.gif width=1 height=1>",
            "<img src=http://x.test/a.gif style='border:0; width:1px;'>",
            "<img src=http://x.test/a.gif height='0'>",
            "<img src='http://feeds.feedburner.com/~r/x/~4/y'>",
            "<img src='https://pixel.wp.com/b.gif?x=1'>",
            "<img src='http://ad.doubleclick.net/x'>",
            "<img src='https://news.list-manage.com/track/open.php?u=1'>",
            "<img src='http://x.test/pixel.gif'>",
            "<img src='data:image/gif;base64,R0lGOD'>",
            "<img>",
        ],
    )
    def test_that_only_count_readers_vanish(self, pixel):
        shown = document.from_html(f"text{pixel}", BASE)
        assert outline(shown.blocks) == ["text"]
        assert shown.links == ()

    def test_in_a_line(self):
        assert read(
            "so <img class='emoji' alt='😀' src=x> <img class=latex alt='x^2' src=y>"
            " <img height=16 alt=PDF src=z>!"
        ) == ["so 😀 x^2 PDF!"]

    def test_names_of_files_are_no_words(self):
        assert read("<img src=a.jpg alt='IMG_2034.JPG'>") == ["image [0]"]
        assert read("<img src=a.jpg alt='1_window on data.gif'>") == ["image [0]"]

    def test_films_and_sounds_in_frames_are_named_where_they_can_be_opened(self):
        for source, kind, page in (
            (
                "https://www.youtube.com/embed/dQw4w9WgXcQ?rel=0",
                "video",
                "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
            ),
            ("//player.vimeo.com/video/7697", "video", "https://vimeo.com/7697"),
            ("https://tube.test/videos/embed/a-b", "video", "https://tube.test/videos/watch/a-b"),
            ("https://open.spotify.com/embed/episode/4x", "audio", "https://open.spotify.com/episode/4x"),
        ):
            html = f"<iframe src='{source}' title='A  film'>no</iframe>"
            assert read(html) == [f"{kind} A film[0]"]
            assert urls(html) == [page]
            assert read(html + "<br>" * 501) == [f"{kind} A film[0]"]
            assert document.plain_text(f"a{html}b") == "ab"

    def test_other_frames_are_named_by_their_title_and_dropped_without(self):
        assert read("<iframe src='https://c.test/1' title='Levels'></iframe>") == ["embedded Levels[0]"]
        assert read("<iframe src='https://ads.test/1'></iframe>a") == ["a"]
        assert read("<iframe src='https://c.test/1' title=x width=1></iframe>a") == ["a"]
        assert read("<iframe src='javascript:x' title=x></iframe>a") == ["a"]

    def test_sounds_and_films(self):
        assert read(
            "<video src=/v.mp4 title=Film>no</video><audio><source src=a.mp3>no</audio><video></video>"
        ) == ["video Film[0]", "audio site.test[1]"]
