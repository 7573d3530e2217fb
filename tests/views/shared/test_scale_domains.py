import pytest

from cnnscope.views.shared.scale_domains import domains, groups
from support.networks import model, other_network, tiny_vgg


def test_units_begin_at_convolutions():
    assert groups(tiny_vgg(), "unit") == (
        ("conv_1_1", "relu_1_1"),
        ("conv_1_2", "relu_1_2", "max_pool_1"),
        ("conv_2_1", "relu_2_1"),
        ("conv_2_2", "relu_2_2", "max_pool_2"),
    )


def test_modules_end_with_poolings():
    assert [len(group) for group in groups(tiny_vgg(), "module")] == [5, 5]
    assert groups(other_network(), "module") == (("first", "halved"), ("second", "bent"))


def test_global_is_one_group():
    assert [len(group) for group in groups(tiny_vgg(), "global")] == [10]


@pytest.mark.parametrize("scale", ["unit", "module", "global"])
def test_a_domain_just_holds_the_values_of_its_group(scale):
    here = model()
    shared = domains(here.network, here.trace, scale)
    for group in groups(here.network, scale):
        extent = max(abs(here.trace[name]).max() for name in group)
        for name in group:
            assert (shared[name].low, shared[name].high) == pytest.approx((-extent, extent))
