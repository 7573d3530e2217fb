"""Dropping and pasting by script, what and as a browser hands it over."""

BROUGHT = """([kind, formats, files]) => {
    const transfer = new DataTransfer();
    for (const [format, text] of Object.entries(formats)) transfer.setData(format, text);
    for (const [name, type, bytes] of files)
        transfer.items.add(new File([new Uint8Array(bytes)], name, {type}));
    const settings = {bubbles: true, cancelable: true};
    const event = kind === 'paste'
        ? new ClipboardEvent('paste', {...settings, clipboardData: transfer})
        : new DragEvent(kind, {...settings, dataTransfer: transfer});
    document.body.dispatchEvent(event);
    return event.defaultPrevented;
}"""
"""Given a kind of event, texts by their format, and files as [name, type, bytes].

Tells whether the page took it.
"""
