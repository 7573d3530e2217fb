"""Pictures: headers checked before decoding, resizing to the network's input, the gallery."""
