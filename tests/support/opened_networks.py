"""The door on a page without a browser, and a network of the table opened through it."""

from cnnscope_own.door import Door
from support.app_on_fake_page import started
from support.packing import file_of
from support.table_networks import table_classes, table_networks


def with_door(address=""):
    app, page = started(address)
    stops = []
    door = Door(app.desk, app.networks, lambda: stops.append(True), app.crop)
    app.join(door, door.inputs)
    return app, page, door, stops


def opened(name="learnpytorch_05"):
    app, page, door, _ = with_door()
    network = table_networks()[name]
    door.open({"net.npz": file_of(network, table_classes(name))})
    return app, page, door, network
