"""Documents in a short notation, and walks through all that is in them."""

from itertools import chain

from reader import document
from reader.document import (
    Code,
    DefinitionList,
    Heading,
    Image,
    ListBlock,
    Media,
    Paragraph,
    Quote,
    Rule,
    Table,
)

BASE = "https://site.test/news/today"


def marked(spans) -> str:
    """Return spans in a short notation: *bold* _italic_ `code` ~struck~ +under+ ^up^ ,down, text[0]."""
    out = ""
    for span in spans:
        marks = "".join(
            mark
            for mark, on in zip(
                "*_`~+^,",
                (span.bold, span.italic, span.code, span.strike, span.underline, span.sup, span.sub),
                strict=True,
            )
            if on
        )
        out += f"{marks}{span.text}{marks[::-1]}" + ("" if span.link is None else f"[{span.link}]")
    return out


def outline(blocks) -> list:
    """Return blocks as short strings and nested lists."""
    lines = []
    for block in blocks:
        match block:
            case Paragraph(spans):
                lines.append(marked(spans))
            case Heading(level, spans):
                lines.append(f"{'#' * level} {marked(spans)}")
            case ListBlock(items, ordered, start):
                lines.append([start if ordered else "-", *(outline(item) for item in items)])
            case Quote(inner):
                lines.append([">", *outline(inner)])
            case Code(words, lang):
                lines.append(f"<{lang}>{words}")
            case Image(alt, link):
                lines.append(f"image {alt}[{link}]")
            case Media(kind, title, link):
                lines.append(f"{kind} {title}[{link}]")
            case Rule():
                lines.append("---")
            case Table(rows, header):
                lines.append(
                    ["header" if header else "table", *([marked(cell) for cell in row] for row in rows)]
                )
            case DefinitionList(items):
                lines.append(["dl", *((marked(term), outline(meaning)) for term, meaning in items)])
    return lines


def read(html: str, title: str = "") -> list:
    return outline(document.from_html(html, BASE, title).blocks)


def urls(html: str) -> list[str]:
    return [link.url for link in document.from_html(html, BASE).links]


def depth(blocks) -> int:
    """Return how deep blocks stand in blocks."""
    deepest, todo = 0, [(1, block) for block in blocks]
    while todo:
        level, block = todo.pop()
        deepest = max(deepest, level)
        match block:
            case Quote(inner):
                todo += [(level + 1, one) for one in inner]
            case ListBlock(items):
                todo += [(level + 1, one) for one in chain(*items)]
            case DefinitionList(items):
                todo += [(level + 1, one) for _, meaning in items for one in meaning]
    return deepest


def every_text(blocks):
    """Yield each string of blocks."""
    for block in blocks:
        match block:
            case Paragraph(spans) | Heading(_, spans):
                yield "".join(span.text for span in spans)
            case Quote(inner):
                yield from every_text(inner)
            case ListBlock(items):
                yield from every_text(chain(*items))
            case Code(words, lang):
                yield from (words, lang)
            case Image(alt):
                yield alt
            case Media(kind, title):
                yield from (kind, title)
            case Table(rows):
                yield from ("".join(span.text for span in cell) for row in rows for cell in row)
            case DefinitionList(items):
                yield from ("".join(span.text for span in term) for term, _ in items)
                yield from every_text(chain(*(meaning for _, meaning in items)))


def numbers(blocks):
    """Yield the number of each link."""
    for line in every_spans(blocks):
        yield from (span.link for span in line if span.link is not None)
    yield from (block.link for block in blocks if isinstance(block, Image | Media) and block.link is not None)


def every_spans(blocks):
    for block in blocks:
        match block:
            case Paragraph(spans) | Heading(_, spans):
                yield spans
            case Quote(inner):
                yield from every_spans(inner)
            case ListBlock(items):
                yield from every_spans(chain(*items))
            case Table(rows):
                yield from chain(*rows)
            case DefinitionList(items):
                yield from (term for term, _ in items)
                yield from every_spans(chain(*(meaning for _, meaning in items)))
