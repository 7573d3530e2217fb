from cnnscope.panels.tour.viewport import FRAME_HEAD, network_viewport
from cnnscope.views.shared.network_plan import CHROME, Viewport


def test_without_the_tour_all_of_the_window_is_the_networks():
    assert network_viewport(Viewport(1440, 900), is_touring=False) == Viewport(1440, 900)


def test_the_panel_takes_a_side_a_foot_or_lies_over_a_phone():
    assert network_viewport(Viewport(1440, 900), is_touring=True) == Viewport(1100, 900)
    assert network_viewport(Viewport(1024, 768), is_touring=True) == Viewport(1024, 668)
    assert network_viewport(Viewport(390, 844), is_touring=True) == Viewport(390, 844)


def test_a_frame_has_no_masthead():
    framed = network_viewport(Viewport(800, 500), is_touring=False, is_framed=True)
    assert framed == Viewport(800, 500 + CHROME - FRAME_HEAD)
