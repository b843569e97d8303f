"""The numbers that the course promises, measured. It judges nothing: a slow machine is no fault.

python bench.py              all of them, about an hour
python bench.py import lab   some of them: import, check, notebook, lab,
                             grade, profile, scale, memory, verify
"""

import json
import os
import runpy
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from multiprocessing import get_context
from pathlib import Path
from statistics import mean, median

ROOT = Path(__file__).resolve().parent
HEAVY = ("tensorflow", "keras", "matplotlib", "sklearn", "scipy")


def python(*arguments):
    return subprocess.check_output([sys.executable, *arguments], text=True, cwd=ROOT)


def seconds_to_import(module):
    code = f"import time; t = time.perf_counter(); import {module}; print(time.perf_counter() - t)"
    return float(python("-c", code))


def bench_import(repeats=15):
    """Import utils: at most twice as long as import numpy, and nothing heavy."""
    # In turns, so that a busy moment of the machine falls on both.
    pairs = [(seconds_to_import("numpy"), seconds_to_import("utils")) for _ in range(repeats)]
    numpy, utils = (1000 * median(column) for column in zip(*pairs, strict=True))
    print(f"  import numpy {numpy:.0f} ms, import utils {utils:.0f} ms: {utils / numpy:.2f} times")
    found = python("-c", f"import sys, utils; print(*[m for m in {HEAVY} if m in sys.modules])")
    print(f"  heavy modules that come with it: {found.strip() or 'none'}")


def bench_check(repeats=15):
    """A passed check: under 100 ms; of a given Keras model 5 s, where the answer trains 20 s."""
    from autograder.verify.mutants import copied  # the reference itself is refused
    from utils import evaluate
    from utils.exercises import chapters

    for exercise in [e for chapter in chapters() for e in chapter.exercises]:
        answer = exercise.reference
        answer = copied(answer) if exercise.kind == "function" else exercise.value_of(answer)
        took = []
        for _ in range(3 if exercise.slow else repeats):
            start = time.perf_counter()
            passed = evaluate(exercise.id, answer).passed
            took.append(1000 * (time.perf_counter() - start))
        verdict = "" if passed else "  (it does not pass)"
        print(f"  {exercise.id:<28}{median(took):7.1f} ms, first {took[0]:7.1f} ms{verdict}")


def bench_notebook():
    """Each notebook from top to bottom: under 60 s."""
    import nbformat
    from nbclient import NotebookClient

    for path in sorted(ROOT.glob("notebooks/*/*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        with tempfile.TemporaryDirectory() as scratch:
            start = time.perf_counter()
            NotebookClient(
                notebook,
                extra_arguments=["--log-level=ERROR"],
                resources={"metadata": {"path": scratch}},
            ).execute()
            print(f"  {path.parent.name:<22}{time.perf_counter() - start:7.1f} s")


def bench_lab(repeats=3):
    """`autograder lab` until JupyterLab answers: under 5 s."""
    took = []
    with tempfile.TemporaryDirectory() as course:  # not in lab/: that is the student's
        shutil.copytree(ROOT / "notebooks", Path(course) / "notebooks")
        for _ in range(repeats):
            took.append(seconds_to_lab(course))
    print(f"  median {median(took):.1f} s, first {took[0]:.1f} s (it makes the student copies)")


def seconds_to_lab(course):
    start = time.perf_counter()
    command = [sys.executable, "-m", "autograder.cli", "lab", "--no-browser", "--course", course]
    server = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
    )
    try:
        for line in server.stdout:
            if line.startswith("JupyterLab: "):
                wait_for_answer(line.split()[1])
                return time.perf_counter() - start
        raise RuntimeError("JupyterLab did not start")
    finally:
        server.terminate()
        server.wait()


def wait_for_answer(address, seconds=30):
    deadline = time.monotonic() + seconds
    while True:
        try:
            return urllib.request.urlopen(address, timeout=seconds).read()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def bench_grade():
    """Grading: 20 times as fast as stock nbgrader on chapters 1 and 2, 10 times on the whole."""
    from utils.exercises import chapters

    every = [chapter.name for chapter in chapters()]
    for names, ours, theirs in ((every[:2], 60, 3), (every, 6, 1)):
        with tempfile.TemporaryDirectory() as folder:
            stock = graded_by_stock(Path(folder) / "stock", names, theirs)
            few, many = (graded_by_us(Path(folder) / str(n), names, n) for n in (ours // 3, ours))
        each = (many - few) / (ours - ours // 3)
        cores = os.cpu_count() or 1
        floor = seconds_of_cells_side_by_side(names, cores) / cores
        alone = seconds_of_cells_side_by_side(names, 1) / cores
        once, faster = few - each * (ours // 3), stock / theirs / each
        print(f"  {names[0]} to {names[-1]}, a student's {len(names)} notebooks:")
        print(f"    stock {stock / theirs:.2f} s, ours {each:.2f} s and {once:.1f} s once")
        print(f"    {faster:.1f} times as fast; {each / floor:.2f} times the floor, {floor:.2f} s:")
        print("    the cells' own time in warm processes, as many at once, divided by their number")
        print(f"    ({each / alone:.2f} times that of one process with the machine to itself)")


def make_class(folder, chapters, students):
    """A course directory where so many students hand in the reference."""
    builder = runpy.run_path(str(ROOT / "examples" / "build.py"))
    class_ = [
        {"name": f"s{n:04}", "answers": "reference", "chapters": chapters, "words": "Because."}
        for n in range(students)
    ]
    builder["build"](class_, folder, ROOT / "notebooks")
    for chapter in chapters:
        command = [sys.executable, "-m", "nbgrader", "generate_assignment", chapter]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)


def graded_by_stock(folder, chapters, students):
    """Seconds that nbgrader's autograde and generate_feedback take."""
    make_class(folder, chapters, students)
    start = time.perf_counter()
    for chapter in chapters:
        for step in ("autograde", "generate_feedback"):
            command = [sys.executable, "-m", "nbgrader", step, chapter]
            subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - start


def graded_by_us(folder, chapters, students):
    """Seconds that `autograder grade` takes, from start to end."""
    make_class(folder, chapters, students)
    start = time.perf_counter()
    command = [sys.executable, "-m", "autograder.cli", "grade", "--json", "--course", str(folder)]
    done = subprocess.run([*command, *chapters], capture_output=True, text=True)
    took = time.perf_counter() - start
    marks = {(r["score"], r["status"]) for r in map(json.loads, done.stdout.splitlines())}
    assert len(marks) <= len(chapters), f"not all of them are right: {marks}"
    return took


def seconds_of_cells(chapter):
    """The cells of a chapter, checks among them, in this process."""
    from autograder.engine.cells import Cells

    code = [cell for cell in cells_of(chapter) if cell.cell_type == "code"]
    sources = [cell.source for cell in code if "demo" not in cell.metadata.get("tags", [])]
    cells, start = Cells(), time.perf_counter()
    ended_well = all(cells.run(source)[1] for source in sources)
    took = time.perf_counter() - start
    assert ended_well, f"a cell of {chapter} failed"
    return took


def seconds_of_cells_side_by_side(chapters, many):
    """Of all these chapters, in so many processes at once: the mean."""
    spawn = get_context("spawn")
    all_are_warm, took = spawn.Barrier(many), spawn.Queue()
    arguments = (chapters, all_are_warm, took)
    running = [spawn.Process(target=warm_then_timed, args=arguments) for _ in range(many)]
    for process in running:
        process.start()
    found = [took.get() for _ in running]
    for process in running:
        process.join()
    return mean(found)


def warm_then_timed(chapters, all_are_warm, took, repeats=3):
    warm = sum(map(seconds_of_cells, chapters))
    all_are_warm.wait()
    repeats = repeats if warm < 10 else 1
    took.put(sum(seconds_of_cells(name) for _ in range(repeats) for name in chapters) / repeats)


def bench_profile(students=20):
    """Where the time of a submission goes, in chapters 1 and 2 and one process."""
    from autograder.course import Course
    from autograder.engine import grading, remote, worker
    from autograder.engine.gradebook import Book
    from autograder.intake import Submission
    from utils.exercises import chapters

    names = [chapter.name for chapter in chapters()[:2]]
    watch = Stopwatch()
    for owner, name, label in (
        (worker.Worker, "grade", "all else"),
        (worker.Worker, "_fingerprint", "has anything changed?"),
        (worker, "stage", "the notebook put together"),
        (grading.Grader, "child", "a process behind the wall"),
        (grading.Run, "cell", "the notebook's cells"),
        (remote.RemotePort, "_send", "the way to the answers"),
        (remote.RemotePort, "_receive", "the answers, and the way back"),
        (grading.Run, "judge", "the judge: references, comparing"),
        (Book, "write", "gradebook"),
        (worker.Worker, "_put", "autograded/"),
        (worker.Worker, "_feedback", "feedback page"),
    ):
        watch.on(owner, name, label)
    with tempfile.TemporaryDirectory() as folder:
        make_class(Path(folder), names, students)
        one = worker.Worker(Course(Path(folder)), seconds=60)
        for number in range(students):
            if number == 2:  # all is warm now
                watch.own.clear()
            for name in names:
                graded = one.grade(Submission(f"s{number:04}", name))
                verdicts = [v.verdict for v in graded.exercises.values() if v.score is not None]
                assert set(verdicts) == {"right"}, f"not all of them are right: {graded}"
        one.close()
    many = (students - 2) * len(names)
    for label, took in sorted(watch.own.items(), key=lambda item: -item[1]):
        print(f"  {label:<36}{1000 * took / many:6.1f} ms")
    print(f"  {'together':<36}{1000 * sum(watch.own.values()) / many:6.1f} ms")
    for _ in range(2):  # the first time is not warm
        floor = sum(map(seconds_of_cells, names)) / len(names)
    print(f"  {'the cells alone, in a warm process':<36}{1000 * floor:6.1f} ms")


class Stopwatch:
    """The time that functions take, each without what the others take within it."""

    def __init__(self):
        self.own = Counter()
        self._inner = []

    def on(self, owner, name, label):
        function = getattr(owner, name)

        def timed(*args, **kwargs):
            self._inner.append(0.0)
            start = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                took = time.perf_counter() - start
                self.own[label] += took - self._inner.pop()
                if self._inner:
                    self._inner[-1] += took

        setattr(owner, name, timed)


def bench_scale(sizes=(10, 100, 1_000)):
    """A submission costs as much among a thousand as among ten."""
    with tempfile.TemporaryDirectory() as folder:
        before, took_before = 0, 0.0
        for students in sizes:
            took = graded_by_us(Path(folder) / str(students), ["01_forward_prop"], students)
            each = 1000 * (took - took_before) / (students - before)
            more = f", {each:4.0f} ms for each one more" if before else ", with the start"
            print(f"  {students:>5} submissions {took:6.1f} s{more}", flush=True)
            before, took_before = students, took


def bench_memory():
    """A submission's process: under 150 MB above its zygote in chapters 1 and 2."""
    from autograder.engine.grading import Grader, Run, Task, judged_by
    from autograder.engine.stage import Released
    from utils.exercises import chapters

    with tempfile.TemporaryDirectory() as folder:
        grader = Grader(Path(folder), seconds=60)
        for chapter in chapters():
            cells = cells_of(chapter.name)
            task = Task("ada", chapter.name, chapter.short, Released({}, None, tuple(cells)))
            run = Run(grader, task)
            fresh = private_memory(run.child.process)
            for cell in filter(task.is_run, cells):
                exercise = judged_by(cell, chapter)
                run.judge(exercise, seed=1) if exercise else run.cell(cell)
            at_the_end = private_memory(run.child.process)
            print(
                f"  {chapter.name:<22}{fresh:5.0f} MB when it starts, {at_the_end:5.0f} at the end"
            )
            run.close()
        grader.close()


def private_memory(process):
    """MB of a process that it shares with no other, such as the one that it was forked from."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) / 1024


def cells_of(chapter):
    import nbformat

    (path,) = (ROOT / "notebooks" / chapter).glob("*.ipynb")
    return nbformat.read(path, as_version=4).cells


def bench_verify():
    """Mistakes recognised, alternatives accepted, mutants killed or declared: all."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "autograder.cli", "verify", "--json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=False)
    for line in done.stdout.splitlines():
        report = json.loads(line)
        print(
            f"  {report['id']:<28}mistakes {report['recognised']}/{report['mistakes']}"
            f"  alternatives {report['accepted']}/{report['alternatives']}"
            f"  mutants {report['killed']} killed"
            f" + {len(report['equivalent'])} declared of {report['mutants']}"
        )
    print(f"  exit code {done.returncode}, {time.perf_counter() - start:.0f} s")


BENCHES = {
    "import": bench_import,
    "check": bench_check,
    "notebook": bench_notebook,
    "lab": bench_lab,
    "grade": bench_grade,
    "profile": bench_profile,
    "scale": bench_scale,
    "memory": bench_memory,
    "verify": bench_verify,
}


def main(names):
    unknown = set(names) - set(BENCHES)
    if unknown:
        print(f"unknown: {', '.join(sorted(unknown))}. There are: {', '.join(BENCHES)}")
        return 2
    for name in names or BENCHES:
        print(f"{name}: {BENCHES[name].__doc__}", flush=True)
        BENCHES[name]()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
