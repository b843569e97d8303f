"""How tests are shared among processes: a file's stay together, for the sake of its fixtures.

pytest-xdist has marks for that, which pytest 9.2 does not pass on to it.
"""

import re

from xdist.scheduler import LoadScopeScheduling

# Their tests need nothing of one another, and each may take minutes.
APART = (
    "tests/unit/test_course.py",
    "tests/notebooks/test_notebooks.py",
    "tests/engine/test_remote.py",
    "tests/keras/test_cnn_claims.py",
)
BY_CHAPTER = "tests/nbgrader/test_stock.py"
LONGEST = (
    "test_grade.py",
    "test_course.py",
)  # begin, so that no process is left with one at the end


class Together(LoadScopeScheduling):
    """Sends what shares fixtures to the same process, in the order in which it was collected."""

    def _split_scope(self, nodeid):
        file = nodeid.split("::")[0]
        if file in APART:
            return nodeid
        chapter = re.search(r"\b0\d_\w+", nodeid) if file == BY_CHAPTER else None
        return f"{file} {chapter[0]}" if chapter else file


def pytest_xdist_make_scheduler(config, log):
    config.option.loadscopereorder = False
    return Together(config, log)


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: [item.path.name == name for name in LONGEST], reverse=True)
