"""Work shared among processes, which goes on when one of them is ended."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import TypeVar

from autograder.engine import wall

Item = TypeVar("Item")
Result = TypeVar("Result")


def each(
    function: Callable[[Item], Result], items: Iterable[Item], jobs: int
) -> Iterator[tuple[Item, Result | None]]:
    """Items and results, as they come.

    Parameters
    ----------
    function : function
        Of a module, or a partial one: it is sent to the processes.
    items : iterable
    jobs : int
        How many processes.

    Yields
    ------
    (item, result)
        None is the result of an item that ended its process, and did so again on its own.
    """
    waiting = list(items)
    while waiting:
        suspects: list[Item] = []
        with _pool(min(jobs, len(waiting))) as pool:
            running: dict[Future[Result], Item] = {}
            while waiting or running:
                while waiting and len(running) < jobs:  # so that it is known what is running
                    item = waiting.pop(0)
                    running[pool.submit(function, item)] = item
                ended, _ = wait(running, return_when=FIRST_COMPLETED)
                try:
                    for future in ended:
                        yield running[future], future.result()
                        del running[future]
                except BrokenProcessPool:
                    suspects = list(running.values())
                    break
        for item in suspects:
            yield item, _alone(function, item)


def _alone(function: Callable[[Item], Result], item: Item) -> Result | None:
    with _pool(1) as pool:
        try:
            return pool.submit(function, item).result()
        except BrokenProcessPool:
            return None


def _pool(jobs: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(jobs, get_context("spawn"), wall.die_with_parent, (os.getpid(),))
