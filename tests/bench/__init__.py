"""Benchmarks: they print figures and assert nothing; pytest does not collect them.

    python -m tests.bench.desk            the desk on a terminal: launch, keys, opening, ticker, memory, lag
    python -m tests.bench.bench_store     the library: lists, search, counts, marks, size on disk
    python -m tests.bench.bench_article   a long article: opening, scrolling, resizing, finding, edits
    python -m tests.bench.bench_search    searching: any words, beginnings, lists by query, from 100,000 on
    python -m tests.bench.bench_parse     parsing: the fast path beside feedparser's way, the sandbox's share
    python -m tests.bench.bench_related   related news: CPU to add an article, size, time of the sidebar
    python -m tests.bench.serving         feeds on loopback, for a refresh by hand

Each says with --help what it takes. Libraries are made once where --keep (bench_related: --folder) says.
`news` makes up the world that the desk's libraries and the feeds tell of, `shelves` fills the libraries,
`driving` presses the keys, `bare` is the floor of a Textual program, `lag` the clock in the event loop.
"""
