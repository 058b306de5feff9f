"""How much a pane has to scroll through, told without laying the whole screen out anew."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget


def extend(pane: ScrollView, size: Size) -> None:
    """Give a pane another virtual size; the caller repaints it.

    Setting `virtual_size` makes Textual place every widget and draw the whole screen, 10 ms at 120 by 40
    cells. That is only needed when the scroll bar comes or goes.
    """
    always = pane.styles.overflow_y == "scroll"
    scrolls = always or size.height > pane.container_size.height
    if scrolls != pane.show_vertical_scrollbar or not pane.container_size:
        pane.virtual_size = size
        return
    pane.set_reactive(Widget.virtual_size, size)
    if scrolls:
        pane.vertical_scrollbar.window_virtual_size = size.height
    pane.scroll_y = pane.validate_scroll_y(pane.scroll_y)
