"""A figure finds its alt text by the cell that runs, whoever runs it."""

import pytest
from jupyter_client.manager import start_new_kernel

from utils.plotting.display import running_source

CELL = "from utils.plotting.display import running_source\nprint(running_source(), end='')"


@pytest.fixture(scope="module")
def client():
    manager, client = start_new_kernel(kernel_name="python3")
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


@pytest.mark.parametrize("kept", [True, False])  # JupyterLab keeps a history; nbval does not
def test_running_source_is_the_cell_in_a_kernel(client, kept):
    printed = []

    def listen(message):
        if message["msg_type"] == "stream":
            printed.append(message["content"]["text"])

    client.execute_interactive(CELL, store_history=kept, output_hook=listen, timeout=60)
    assert "".join(printed) == CELL


def test_running_source_is_empty_outside_a_notebook():
    assert running_source() == ""
