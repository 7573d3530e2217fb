"""Networks of visitors: the door by which they come in, what is asked about them, their pictures.

    door = Door(desk, networks, stop, crop)    # a panel of the application, which is loaded late
    door.open({"net.pth": b"..."})

``cnnscope_readers`` reads the files. The page loads both when the first network is opened.
"""
