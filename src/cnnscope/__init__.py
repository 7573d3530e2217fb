"""A convolutional neural network that explains itself, in the visitor's browser.

The packages build on each other one way: ``nn`` computes, ``scene`` holds the vocabulary
of drawing, ``layout`` says where things go, ``views`` draw, ``app`` reacts, ``browser``
touches the page.
"""
