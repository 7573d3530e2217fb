"""What every view's stage must keep to."""

from support.fake_page import keyed


def check_stage(markup, pose, paintings):
    """All that is posed is on the stage, all that is painted has its canvas; what is painted."""
    assert set(pose) <= set(keyed(markup))
    painted = dict(paintings)
    for key, rgba in painted.items():
        assert f'data-paint="{key}" width="{rgba.shape[1]}" height="{rgba.shape[0]}"' in markup
    return painted
