"""The playground’s kernel: its numbers changed, kept in another size, added up."""

import pytest

from cnnscope.panels.playground.numbers import numbers_for
from support.app_on_fake_page import started
from support.playground import shown


def number(text):
    return float(text.replace("−", "-").strip("()"))


def test_the_arithmetic_adds_up_as_displayed_in_every_cell():
    for address in ("play=6,3,1,2,1", "play=6,2,2,1,2&play-kernel=blur", "play=5,1,0,2,1",
                    "play=7,3,0,1,1&play-kernel=0.333,-1,2.5,0,0,0,1,1,-0.001"):  # fmt: skip
        app, page = started(address)
        made = numbers_for(app.state.playground)
        for row in range(made.geometry.count):
            for col in range(made.geometry.count):
                app.dispatch("playground.window", row, col)
                total = 0.0
                for k in range(made.geometry.kernel if made.geometry.kernel > 1 else 0):
                    terms, line = shown(page, f"playground.sum/{k}").split(" = ")
                    pairs = (each.split(" × ") for each in terms.split(" + "))
                    added = sum(number(x) * number(w) for x, w in pairs)
                    assert added == pytest.approx(number(line), abs=1e-9)
                    total += added
                last = shown(page, "playground.sum.total").split(" = ")[-1]
                if made.geometry.kernel > 1:
                    assert total == pytest.approx(number(last), abs=1e-9)
                assert number(last) == made.output[row, col] / 1000


def test_a_weight_changes_the_output_and_a_wrong_one_is_told():
    app, page = started()
    app.playground.type("weight/4", "9.25")
    assert app.state.playground.kernel == (-1, -1, -1, -1, 9.25, -1, -1, -1, -1)
    assert page.elements["playground.preset/edges"]["aria-pressed"] == "false"
    for typed in ("", "x", "1000"):
        app.playground.type("weight/4", typed)
        assert "from −100 to 100" in shown(page, "playground.weights.message")
        assert page.elements["playground.weight/4"]["aria-invalid"] == "true"
    app.playground.type("weight/4", "8")
    assert app.state.playground.kernel == "edges"
    assert shown(page, "playground.weights.message") == ""


def test_an_edited_kernel_keeps_its_middle_in_another_size():
    app, _ = started("play-kernel=1,2,3,4,5,6,7,8,9")
    app.playground.type("kernel", "5")
    assert app.state.playground.kernel[6:9] == (1, 2, 3)
    app.playground.type("kernel", "3")
    assert app.state.playground.kernel == (1, 2, 3, 4, 5, 6, 7, 8, 9)
    app.playground.type("kernel", "2")
    assert app.state.playground.kernel == (1, 2, 4, 5)
