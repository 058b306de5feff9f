"""Every limit of hostile input, where it is set, its value, and which tests must fail without it.

The table is for two readers: `tests/test_limits.py` holds each constant to its value, and
`python -m tests.peers.break_limits` takes each limit out of a copy and sees its tests fail.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

MIB = 1024 * 1024
NEVER = 10**9


@dataclass(frozen=True)
class Limit:
    """A constant `name` of the module `where`, or the default of a field, and the tests that need it.

    `tests` names files without `tests/test_`. Where it is "" the constant is a default that all tests set
    lower, because at its own value they would take minutes: only its value is tested.
    """

    where: str
    name: str
    value: Any
    tests: str = ""
    broken: str = f"{NEVER}"  # Python: what the constant is when the limit is gone

    @property
    def file(self) -> str:
        return self.where.replace(".", "/")

    @property
    def tried(self) -> tuple[str, ...]:
        """The paths of the tests that must fail without it."""
        paths = (name.rpartition("/") for name in self.tests.split())
        return tuple(f"tests/{folder}{'/' * bool(folder)}test_{name}.py" for folder, _, name in paths)

    def __str__(self) -> str:
        return f"{self.where}.{self.name}"


TEXT = (
    Limit("reader.text.cleaning", "MARKS_MAX", 8, "text"),
    Limit("reader.text.cleaning", "FLAG_TAGS_MAX", 8, "text", "200"),
    Limit("reader.text.cleaning", "SEQUENCE_MAX", 4096, "limits", "4_000_000"),
    Limit("reader.text.gate", "TITLE_MAX", 1024, "text"),
    Limit("reader.text.gate", "AUTHOR_MAX", 256, "limits"),
    Limit("reader.text.gate", "CATEGORY_MAX", 64, "limits"),
    Limit("reader.text.gate", "CATEGORIES_MAX", 50, "limits"),
    Limit("reader.text.gate", "ENCLOSURES_MAX", 20, "limits"),
    Limit("reader.text.gate", "GUID_MAX", 512, "limits"),
    Limit("reader.text.gate", "ONE_LINE_READ", 65_536, "limits"),
    Limit("reader.text", "ADDRESS_MAX", 4096, "addresses"),
    Limit("reader.text.addresses", "_HOST_MAX", 253, "limits"),
    Limit("reader.query.grammar", "LENGTH_MAX", 1_000, "query"),
    Limit("reader.query.grammar", "TERMS_MAX", 64, "query"),
    Limit("reader.query.grammar", "DEPTH_MAX", 8, "query"),
    Limit("reader.document", "TEXT_AT_ONCE", 100_000, "document_limits"),
    Limit("reader.document.builder", "DEPTH_MAX", 50, "document_limits"),
    Limit("reader.document.taming", "DEEPEST", 200, "document_limits"),
    Limit("reader.document.taming", "HARMLESS_TAGS", 500, "document_limits"),
    Limit("reader.document.taming", "HARMLESS_LENGTH", 20_000, "document_limits"),
    Limit("reader.document.taming", "ATTRIBUTES_PLAIN", 1000, "document_limits"),
    Limit("reader.document.taming", "ATTRIBUTES_MAX", 100, "document_limits"),
    Limit("reader.document.html", "HTML_READ", 2_000_000, "limits"),
    Limit("reader.document.frames", "COLUMNS_MAX", 50, "limits"),
    Limit("reader.document.frames", "ROWS_SPANNED_MAX", 500, "limits"),
    Limit("reader.document.markdown", "MARKDOWN_MAX", 200_000, "limits"),
)
NETWORK = (
    Limit("reader.config.values", "Fetch.connect", 10.0),
    Limit("reader.config.values", "Fetch.read", 10.0),
    Limit("reader.config.values", "Fetch.timeout", 30.0),
    Limit("reader.config.values", "Fetch.max_bytes", 16 * MIB),
    Limit("reader.config.values", "Fetch.max_items", 2000),
    Limit("reader.config.values", "Fetch.connections", 64),
    Limit("reader.config.values", "Fetch.per_host", 2),
    Limit("reader.config.values", "Fetch.spacing", 1.0),
    Limit("reader.fetch.body", "STEP", 64 * 1024, "limits"),
    Limit("reader.fetch.body", "FREE", MIB, "limits"),
    Limit("reader.fetch.body", "RATIO", 200, "fetch_body"),
    Limit("reader.fetch.body", "MEMBERS_MAX", 64, "limits"),
    Limit("reader.fetch.client", "REDIRECTS_MAX", 10, "fetch", "1000"),
    Limit("reader.fetch.headers", "ETAG_MAX", 1024, "limits"),
    Limit("reader.fetch.headers", "MODIFIED_MAX", 128, "limits"),
    Limit("reader.fetch.headers", "WAIT_MIN", timedelta(seconds=60), "fetch_headers", "timedelta(0)"),
    Limit("reader.fetch.headers", "WAIT_MAX", timedelta(days=1), "fetch_headers", "timedelta(9999)"),
    Limit("reader.fetch.headers", "FRESH_MAX", timedelta(days=1), "fetch_headers", "timedelta(9999)"),
    Limit("reader.fetch.words", "DETAIL_MAX", 120, "limits"),
    Limit("reader.fetch.resolver", "ADDRESSES_MAX", 4, "limits"),
    Limit("reader.fetch.guard", "METADATA", None, "fetch_guard", "()"),
    Limit("reader.refresh.schedule", "BACKOFF", timedelta(minutes=15), "refresh_schedule", "timedelta(0)"),
    Limit("reader.refresh.schedule", "BACKOFF_MAX", timedelta(days=1), "refresh_schedule", "timedelta(9999)"),
    Limit("reader.refresh.schedule", "JITTER", 0.2, "limits", "0.0"),
    Limit("reader.refresh.schedule", "STOPS_MAX", 3, "refresh_schedule"),
    Limit("reader.refresh.schedule", "ANEW", timedelta(days=7), "refresh_schedule", "timedelta(9999)"),
    Limit("reader.refresh.pipeline", "HELD_MAX", 32 * MIB),
)
PARSING = (
    Limit("reader.sandbox", "SECONDS_MAX", 10.0),
    Limit("reader.sandbox", "PAGE_SECONDS_MAX", 8.0),
    Limit("reader.sandbox", "MEMORY_MAX", 768 * MIB),
    Limit("reader.sandbox.wire", "REPLY_MAX", 64 * MIB, "sandbox"),
    Limit("reader.parse", "ITEMS_MAX", 2000, "limits"),
    Limit("reader.parse.read", "BODY_MAX", 20 * MIB, "limits"),
    Limit("reader.parse.sound", "LOOSE_MAX", MIB, "limits"),
    Limit("reader.parse.survey", "DEPTH_MAX", 256, "limits"),
    Limit("reader.parse.survey", "ATTRIBUTES_MAX", 100, "parse_damage parse_quick"),
    Limit("reader.parse.survey", "PREFIXES_MAX", 100, "parse_damage parse_quick"),
    Limit("reader.parse.survey", "BASE_MAX", 4096, "parse_damage parse_quick"),
    Limit("reader.parse.survey", "LANG_MAX", 64, "limits"),
    Limit("reader.parse.survey", "TAGS_MAX", 200, "parse_damage parse_quick"),
    Limit("reader.parse.survey", "TAG_TEXT_MAX", 2048, "limits"),
    Limit("reader.parse.survey", "NAME_TEXT_TOP", 64 * 1024, "limits"),
    Limit("reader.parse.survey", "UNBROKEN_MAX", 128, "limits"),
    Limit("reader.parse.quick.state", "TEXT_MAX", 2 * MIB, "parse_quick"),
    Limit("reader.parse.bodies", "HTML_MAX", 2 * MIB, "limits"),
    Limit("reader.parse.bodies", "GROWTH_MAX", 16 * 1024, "parse"),
    Limit("reader.parse.dates", "_TEXT_MAX", 100, "limits"),
    Limit(
        "reader.parse.values",
        "EARLIEST",
        datetime(1990, 1, 1, tzinfo=UTC),
        "limits",
        "datetime(1, 1, 2, tzinfo=UTC)",
    ),
    Limit("reader.parse.values", "AHEAD_MAX", timedelta(hours=24), "limits", "timedelta(9999)"),
    Limit("reader.parse.values", "LENGTH_MAX", 2**53, "limits", "1 << 99"),
    Limit("reader.parse.values", "LANG_MAX", 35, "limits"),
    Limit("reader.parse.pace", "HEAD_MAX", 64 * 1024, "limits"),
    Limit("reader.parse.pace", "MINUTES_MAX", 366 * 24 * 60, "parse_pace"),
    Limit("reader.store.sift", "FLIP_SHARE", 0.8, "store/saving", "9.0"),
    Limit("reader.xmltext", "_LATER_WITHIN", 64 * 1024, "limits"),
    Limit("reader.xmltext", "_JUNK_MAX", 1000, "limits"),
)
ERRANDS = (
    Limit("reader.errands.running", "SECONDS", 20.0),
    Limit("reader.errands.running", "PARSING", 8.0),
    Limit("reader.errands.running", "BYTES_MAX", 8 * MIB, "errands"),
    Limit("reader.errands.running", "PAGES", None, "errands", '("",)'),
    Limit("reader.errands.wholes", "MANY", 40),
    Limit("reader.extract", "HTML_MAX", 4 * MIB),
    Limit("reader.extract", "LEAST", 80, "extract", "0"),
    Limit("reader.pictures.decode", "PIXELS_MAX", 50_000_000, "pictures"),
    Limit("reader.pictures.decode", "FORMATS", None, "pictures", "None"),
    Limit("reader.pictures.decode", "LEAST", 8, "pictures", "0"),
    Limit("reader.pictures.raster", "WIDTH", 76, "pictures"),
    Limit("reader.pictures.raster", "HEIGHT", 80, "pictures"),
    Limit("reader.pictures.cache", "BYTES_MAX", 32 * MIB),
    Limit("reader.pictures.cache", "FILE_MAX", 64 * 1024),
    Limit("reader.tui.desk.seeing", "MANY", 20),
)
FILES = (
    Limit("reader.opml", "BODY_MAX", 16 * MIB, "limits"),
    Limit("reader.opml.outline", "OUTLINES_MAX", 20_000, "opml"),
    Limit("reader.opml.entries", "TOPIC_MAX", 64, "limits"),
    Limit("reader.opml.entries", "TOPIC_DEPTH_MAX", 16, "limits"),
    Limit("reader.opml.urls", "LINES_MAX", 20_000, "limits"),
    Limit("reader.cli.moving", "IMPORT_MAX", 16 * MIB, "limits"),
    Limit("reader.cli.listing", "STDIN_MAX", 20 * MIB, "limits"),
    Limit("reader.tui.launch", "PIPED_MAX", 20 * MIB, "limits"),
    Limit("reader.discover", "HTML_MAX", 2 * MIB, "limits"),
    Limit("reader.discover", "CANDIDATES_MAX", 50, "discover"),
    Limit("reader.local.files", "FILE_MAX", 20 * MIB, "limits"),
    Limit("reader.local.files", "DEPTH_MAX", 16, "local_files"),
    Limit("reader.local.files", "FOLDER_MAX", 10_000),
    Limit("reader.local.files", "NAME_MAX", 200, "limits"),
    Limit("reader.pages.markdown", "MARKDOWN_MAX", 262_144, "limits"),
    Limit("reader.pages.markdown", "BRACKETS_MAX", 20_000, "limits"),
    Limit("reader.pages.mentions", "MENTIONS_MAX", 200, "limits"),
    Limit("reader.pages.front", "LINES_MAX", 200, "limits"),
    Limit("reader.config.reading", "CONFIG_MAX", MIB, "limits"),
    Limit("reader.store.database", "BUSY_MS", 5000),
    Limit("reader.store.views", "HITS_MAX", 2000),
    Limit("reader.store.values", "BODY_MAX", 32 * MIB, "store/values"),
    Limit("reader.store.query", "TEXT_MAX", 50_000, "limits"),
    Limit("reader.child", "GRACE", 2.0),
    Limit("reader.tui.app", "LEAVING", 1.5),
    Limit("reader.tui.desk.browser", "OPENED_MAX", 5, "tui/opening"),
    Limit("reader.errands.running", "SECONDS", 20.0),
    Limit("reader.errands.running", "PARSING", 8.0),
    Limit("reader.errands.running", "BYTES_MAX", 8 * MIB),
    Limit("reader.pictures.decode", "PIXELS_MAX", 50_000_000),
    Limit("reader.cli.running", "PATIENCE", 0.7, "cli/refreshing", "60.0"),
)
LIMITS = (*TEXT, *NETWORK, *PARSING, *ERRANDS, *FILES)
