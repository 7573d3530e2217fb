"""The build: turns the sources and the pinned runtime files into ``dist/``, serves it, tests it.

Standard library only, so that a fresh clone needs nothing but Python::

    from building.command import main
    main(["serve", "--no-open"])
"""
