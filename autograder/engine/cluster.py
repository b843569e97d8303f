"""Work shared among the workers of a Dask cluster: on several machines, or on one.

Every worker has this environment, sees the course in the same place, and has one thread: a
submission's judge has its process to itself. The workers' warm processes are ended with the run.
"""

from __future__ import annotations

import contextlib
import hashlib
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TYPE_CHECKING, TypeVar

from autograder.engine.grading import secret
from autograder.engine.setup import why_there_is_no_wall
from autograder.say import Unusable
from utils.exercises import chapters

if TYPE_CHECKING:
    from distributed import Client, Future

    from autograder.course import Course

Item = TypeVar("Item")
Result = TypeVar("Result")
PATIENCE = 5.0  # seconds between two looks at whether there are workers
RESTART = 60.0  # seconds that a worker may take to be there again
CONNECT = 30  # seconds
AGAIN = "What is graded is kept: grade again."
GONE = f"the scheduler has gone. {AGAIN}"


class NoCluster(Unusable):
    """The cluster can't be used. Says why, and what to do."""


@contextlib.contextmanager
def connected(
    address: str, course: Course, sandbox: bool, at_the_end: Callable[[], None]
) -> Iterator[Client]:
    """A cluster that has been looked at: each of its workers can grade this course.

    Parameters
    ----------
    address : str
        Of the scheduler, such as tcp://10.0.0.1:8786.
    course : Course
    sandbox : bool
        Whether a worker needs a wall.
    at_the_end : function
        Called in each worker when the work is done.

    Raises
    ------
    NoCluster
        There is none, or a worker lacks something.
    """
    from distributed import Client

    try:
        client = Client(address, timeout=CONNECT)
    except (OSError, TimeoutError, ValueError) as error:
        raise NoCluster(f"there is no scheduler at {address} ({error}).") from error
    with client:
        _look(client, course, sandbox)
        try:
            yield client
        finally:
            with contextlib.suppress(NoCluster), _it_is_there():
                client.run(at_the_end)


def each(
    client: Client, function: Callable[[Item], Result], items: Iterable[Item]
) -> Iterator[tuple[Item, Result | None]]:
    """Items and results, as they come.

    Yields
    ------
    (item, result)
        None is the result of an item that ended the process of several workers.

    Raises
    ------
    NoCluster
        The scheduler, or the last worker, has gone.
    """
    from distributed import CancelledError, KilledWorker

    waiting = list(items)
    running: dict[Future, Item] = {}
    last_seen = time.monotonic()
    while waiting or running:
        with _it_is_there():
            workers = len(client.nthreads())
        if workers:
            last_seen = time.monotonic()
        elif time.monotonic() - last_seen > RESTART:
            raise NoCluster(f"the last worker has gone. {AGAIN}")
        while waiting and len(running) < workers:  # so that a worker has one at a time
            item = waiting.pop(0)
            running[client.submit(function, item, pure=False)] = item
        for future in _ended(running):
            item = running.pop(future)
            result = None
            try:
                result = future.result()
            except KilledWorker:
                pass
            except CancelledError as error:
                raise NoCluster(GONE) from error
            yield item, result


def _ended(running: Collection[Future]) -> set[Future]:
    """Those that have ended, after a while at the latest."""
    from distributed import wait

    if not running:  # and no worker that something could be given to
        time.sleep(PATIENCE)
        return set()
    with _it_is_there():
        try:
            done = wait([*running], timeout=PATIENCE, return_when="FIRST_COMPLETED").done
        except TimeoutError:
            return set()
    return set(done)


@contextlib.contextmanager
def _it_is_there() -> Iterator[None]:
    """What a lost connection leads to, in words."""
    from distributed import CancelledError

    try:
        yield
    except (OSError, RuntimeError, CancelledError) as error:
        raise NoCluster(GONE) from error


def _look(client: Client, course: Course, sandbox: bool) -> None:
    """Ask each worker whether it can do this."""
    threads = client.nthreads()
    if not threads:
        raise NoCluster("the scheduler has no worker. Start some: dask worker ADDRESS --nthreads 1")
    for worker, number in threads.items():
        if number != 1:
            raise NoCluster(f"{worker} has {number} threads. Start it with --nthreads 1.")
    try:
        answers = client.run(why_not, course, fingerprint(course), sandbox)
    except ImportError as error:
        raise NoCluster(f"a worker has another environment than this one ({error}).") from error
    for worker, answer in answers.items():
        if answer:
            raise NoCluster(f"{worker}: {answer}")


def why_not(course: Course, expected: str, sandbox: bool) -> str:
    """Why this process can't grade the course as the other one would; empty when it can."""
    if not course.root.is_dir():
        return f"there is no {course.root} here. All workers need the course in the same place."
    if fingerprint(course) != expected:
        return f"{course.root} is another folder here, or the course's code is another version."
    if sandbox and (why := why_there_is_no_wall()):
        return f"submissions can't be walled off here ({why})."
    return ""


def fingerprint(course: Course) -> str:
    """Of the course directory and of the code that grades it."""
    from autograder.engine.worker import engine

    known = hashlib.sha256(secret(course.root))
    for chapter in chapters():
        known.update(engine(chapter.name))
    return known.hexdigest()
