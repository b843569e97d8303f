"""The watch on a submission's memory: what all of its processes hold together."""

import pytest

from autograder.engine import calls
from autograder.engine.inside import Zygote
from autograder.engine.setup import why_there_is_no_wall
from autograder.engine.wall import Limits

WALL = why_there_is_no_wall()
needs_wall = pytest.mark.skipif(bool(WALL), reason=f"there is no wall here: {WALL}")

# Processes that hold so many megabytes each, for a while.
HOLD = """
import os, time
own = bytes([1]) * ({shared} << 20)
for n in range({processes}):
    if os.fork() == 0:
        held = bytes([1]) * ({each} << 20)
        time.sleep(60)
        os._exit(0)
time.sleep({seconds})
"""


@pytest.fixture(scope="module")
def zygote():
    made = Zygote()
    yield made
    made.close()


def ran(zygote, **how):
    child = zygote.child()
    try:
        return child.run(HOLD.format(**how), 60.0)
    finally:
        child.close()


@needs_wall
def test_too_much_in_all_ends_the_world(zygote):
    each = Limits().memory_in_all // 4
    assert ran(zygote, shared=0, each=each, processes=6, seconds=40) is None


@needs_wall
def test_what_processes_share_counts_once(zygote):
    shared = Limits().memory_in_all // 3
    assert ran(zygote, shared=shared, each=1, processes=6, seconds=3) is not None


def test_a_filter_is_known_for_two_kinds_of_machine():
    sizes = {len(calls.program(machine)) for machine in ("x86_64", "aarch64")}
    assert len(sizes) == 1
    assert sizes.pop() > 8 * len(calls.REFUSED)
    assert calls.program("riscv64") == b""
