"""The lines of text on the page, as far as they are seen: whether one is cut, or over another."""

from support.browser.page_probes import INK

ADDRESSES = [
    "#view=overview",
    "#node=input/0",
    "#view=picture",
    "#picture=cat&view=overview",
    "#view=conv_1_1/3&cell=5,5&field=on",
    "#view=conv_1_2/3&channel=2&cell=5,5",
    "#view=relu_1_1/2&cell=3,3",
    "#view=max_pool_1/2&cell=9,8",
    "#view=output/6",
    "#view=output/6&numbers=all",
    "#view=output/3&rival=8",
    "#view=output/3&softmax=on",
    "#view=output/3&softmax=on&logits=3:5",
    "#tour=1",
    "#tour=5",
    "#tour=8",
]
"""Everything that has words of its own."""

GIVES_WAY = {"cnnscope"}  # the name beside its mark, where the links need the room

LINES = (
    """() => {"""
    + INK
    + """
    const found = [];
    const skipped = 'article, svg, .readout, .unseen, .skip, [inert], noscript, option, script, '
        + 'style';
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode, parent = node.parentElement;
        if (!node.data.trim() || parent.closest(skipped) || !parent.checkVisibility(
            {opacityProperty: true, visibilityProperty: true})) continue;
        const layer = parent.closest('[role=dialog], .tour, .marks, .notice')?.className ?? '';
        const boxes = [];
        for (let box = parent; box !== document.documentElement; box = box.parentElement)
            boxes.push([box, getComputedStyle(box), box.getBoundingClientRect()]);
        const isScrolled = boxes.some(([, {overflowX, overflowY}]) =>
            [overflowX, overflowY].includes('auto'));
        const isShortened = boxes.some(([, {textOverflow}]) => textOverflow === 'ellipsis');
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const line of range.getClientRects()) {
            const whole = ink(node.data, parent, line);
            let {x, y, right, bottom} = whole, isOut = false;
            for (const [box, {overflowX, overflowY}, edge] of boxes) {
                if (overflowX !== 'visible')
                    [x, right] = [Math.max(x, edge.x), Math.min(right, edge.right)];
                if (overflowY !== 'visible')
                    [y, bottom] = [Math.max(y, edge.y), Math.min(bottom, edge.bottom)];
                if (box.matches('button:not(.node, .picture), select, .card, .tour, .chip'))
                    isOut ||= whole.x < edge.x - 1 || whole.right > edge.right + 1;
            }
            const isCut = isOut || x > whole.x + 1 || right < whole.right - 1;
            if (right > x + 1 && bottom > y + 2) found.push({
                node: found.length && found.at(-1).of === node ? found.at(-1).node : found.length,
                of: node, text: node.data, layer, box: [x, y, right, bottom],
                isCut: isCut && !isScrolled && !isShortened,
            });
        }
    }
    return found.map(({of, ...each}) => each);
}"""
)
"""Every line of text as far as it is seen: its text node, what it lies in, whether it is cut."""


def overlaps(lines: list[dict[str, object]]) -> list[tuple[object, object]]:
    """Pairs of lines of which one lies over the other, but for those of one text or of a dialog."""
    found = []
    for k, line in enumerate(lines):
        x, y, right, bottom = line["box"]  # type: ignore[misc]
        for other in lines[k + 1 :]:
            left, top, far, low = other["box"]  # type: ignore[misc]
            is_apart = right <= left + 0.5 or far <= x + 0.5 or bottom <= top + 1 or low <= y + 1
            if not is_apart and line["layer"] == other["layer"] and line["node"] != other["node"]:
                found.append((line["text"], other["text"]))
    return found
