"""Chapter 2's measurements rest on these gradients."""

import pytest

from utils.data.bent_curve import bent_curve
from utils.plotting.small_network import SmallNetwork

x, y, _, _ = bent_curve(m_train=20)


@pytest.mark.parametrize("activation", ["sigmoid", "relu"])
@pytest.mark.parametrize("layer", [0, 1, 2])
def test_gradients_agree_with_finite_differences(activation, layer):
    network = SmallNetwork([5, 4], activation, seed=3)
    _, dW, db = network.gradients(x, y)
    for values, gradient in ((network.W, dW), (network.b, db)):
        at = (0,) * values[layer].ndim
        middle, error = values[layer][at], []
        for step in (1e-6, -1e-6):
            values[layer][at] = middle + step
            error.append(network.gradients(x, y)[0])
        values[layer][at] = middle
        assert (error[0] - error[1]) / 2e-6 == pytest.approx(gradient[layer][at], abs=1e-6)


def test_training_lowers_the_error_that_gradients_reports():
    network = SmallNetwork([8], "relu")
    before = network.gradients(x, y)[0]
    errors = network.train(x, y, rate=0.01, steps=50)
    assert errors[0] == before
    assert network.gradients(x, y)[0] < errors[-1] < before


def test_hidden_gives_the_outputs_of_hidden_layers_only():
    assert [a.shape for a in SmallNetwork([5, 4], "relu").hidden(x)] == [(20, 5), (20, 4)]
