"""Grading elsewhere: by the workers of a real Dask cluster, into a real PostgreSQL."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from dask import config

from autograder.cli import main
from autograder.course import Course
from autograder.engine import cluster
from autograder.engine.setup import why_there_is_no_wall

COURSE = Path(__file__).parents[2]
CHAPTER = "01_forward_prop"
# fmt: off
CLASS = [
    {"name": "ada", "answers": "reference", "chapters": [CHAPTER]},
    {"name": "dalia", "answers": "reference", "chapters": [CHAPTER],
     "mistakes": {"dense": "rows_for_columns"}},
    {"name": "emil", "answers": "nothing", "chapters": [CHAPTER]},
]
# fmt: on
WALL = why_there_is_no_wall()
SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin")) or [
    Path(found).parent for found in [shutil.which("postgres")] if found
]
DASK = [sys.executable, "-m", "dask"]
PATIENCE = 60  # seconds until a server must be there

needs_wall = pytest.mark.skipif(bool(WALL), reason=f"there is no wall here: {WALL}")
needs_server = pytest.mark.skipif(not SERVERS, reason="PostgreSQL's programs are not installed")


def wait_for(is_there):
    deadline = time.monotonic() + PATIENCE
    while not is_there():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def end(process):
    """End it and wait for all that it has started."""
    below = psutil.Process(process.pid).children(recursive=True)
    process.terminate()
    process.wait()
    psutil.wait_procs(below, timeout=PATIENCE)


@pytest.fixture(scope="module")
def postgres(tmp_path_factory):
    """The address of an empty database on a server of our own."""
    folder = tmp_path_factory.mktemp("postgres")
    data, programs = folder / "data", SERVERS[-1]
    data.mkdir()
    as_whom = {}
    if hasattr(os, "getuid") and os.getuid() == 0:  # it refuses to run as root
        for place in [folder, *folder.parents[:3]]:
            place.chmod(place.stat().st_mode | 0o055)
        shutil.chown(data, "nobody", "nogroup")
        as_whom = {"user": "nobody", "group": "nogroup", "extra_groups": [], "cwd": "/"}
    made = [programs / "initdb", "-D", data, "-U", "grader", "--auth=trust", "--no-sync"]
    subprocess.run(made, check=True, stdout=subprocess.DEVNULL, **as_whom)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    running = subprocess.Popen(
        [programs / "postgres", "-D", data, "-p", str(port), "-k", data, "-h", "127.0.0.1", "-F"],
        stderr=subprocess.DEVNULL,
        **as_whom,
    )
    ask = [programs / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    wait_for(lambda: subprocess.run(ask, check=False).returncode == 0)
    yield f"postgresql://grader@127.0.0.1:{port}/postgres"
    running.terminate()
    running.wait()


@pytest.fixture
def dask(tmp_path):
    """Starts a scheduler with some workers; its address."""
    running = []

    def start(*, workers=2, threads=1):
        file, scratch = tmp_path / "scheduler.json", tmp_path / "dask"
        local = ["--host", "127.0.0.1", "--scheduler-file", str(file), "--no-dashboard"]
        many = ["--nworkers", str(workers), "--nthreads", str(threads)]
        for command in (
            ["scheduler", "--port", "0", *local],
            ["worker", *local, *many, "--local-directory", str(scratch)],
        ):
            with (tmp_path / f"{command[0]}.log").open("w") as log:
                running.append(subprocess.Popen([*DASK, *command], stdout=log, stderr=log))
            wait_for(file.is_file)
        wait_for(lambda: (tmp_path / "worker.log").read_text().count("Registered to:") >= workers)
        return json.loads(file.read_text())["address"]

    start.running = running
    yield start
    for process in reversed(running):
        if process.poll() is None:
            end(process)


@pytest.fixture(scope="module")
def class_(builder, tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    builder.build(CLASS, folder, COURSE / "notebooks")
    return folder


def graded(capsys, *arguments):
    """The results of `autograder grade`, by student, without what differs from run to run."""
    assert main(["grade", "--json", *map(str, arguments)]) == 0
    results = map(json.loads, capsys.readouterr().out.splitlines())
    return {result["student"]: result | {"seconds": None} for result in results}


@pytest.mark.slow
@needs_wall
@needs_server
def test_the_marks_are_those_of_one_machine(class_, postgres, dask, tmp_path, capsys):
    here = shutil.copytree(class_, tmp_path / "here")
    there = shutil.copytree(class_, tmp_path / "there")
    for folder in (here, there):
        (folder / ".autograder_secret").write_bytes(b"s" * 32)
    elsewhere = ["--course", there, "--db", postgres, "--scheduler", dask()]

    expected = graded(capsys, "--course", here)
    assert expected["dalia"]["exercises"]["dense"]["mistake"] == "rows_for_columns"
    assert graded(capsys, *elsewhere) == expected
    assert not (there / "gradebook.db").exists()
    zygotes = [p for p in psutil.process_iter() if "autograder.engine.zygote" in _command(p)]
    assert not [p for p in zygotes if "dask" in " ".join(_command(p.parent().parent()))]

    before = (there / "autograded/ada" / CHAPTER / "forward_prop.ipynb").stat().st_mtime_ns
    assert graded(capsys, *elsewhere) == expected
    after = (there / "autograded/ada" / CHAPTER / "forward_prop.ipynb").stat().st_mtime_ns
    assert after == before, "graded again, though nothing has changed"


@pytest.mark.slow
@needs_wall
@needs_server
def test_two_processes_write_to_a_server_at_once(class_, postgres, tmp_path, capsys):
    folder = shutil.copytree(class_, tmp_path / "class")
    marks = graded(capsys, "--course", folder, "--db", postgres, "--force")
    assert marks["ada"]["score"] > marks["dalia"]["score"] > marks["emil"]["score"] == 0
    to = tmp_path / "grades.csv"
    assert main(["export", "--course", str(folder), "--db", postgres, "--to", str(to)]) == 0
    assert "dalia" in to.read_text(encoding="utf-8")
    with Course(folder, postgres).gradebook() as gradebook:
        assert gradebook.find_submission(CHAPTER, "dalia").score == marks["dalia"]["score"]


@pytest.mark.parametrize(
    ("db", "said"),
    [
        ("postgresql://grader:word@127.0.0.1:1/none", "postgresql://grader:***@127.0.0.1:1/none"),
        ("oracle-of-delphi://somewhere", "must have the form"),
        ("mariadb+none://somewhere/none", "can't be opened"),
        ("gradebook.db", "must have the form"),
        ("sqlite:////nowhere/gradebook.db", "unable to open database file"),
    ],
)
def test_a_gradebook_that_can_t_be_opened_is_named(class_, tmp_path, capsys, db, said):
    folder = shutil.copytree(class_, tmp_path / "class")
    assert main(["grade", "--course", str(folder), "--db", db]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert "word" not in err
    assert "Traceback" not in err


def test_a_scheduler_that_is_not_there_is_named(class_, capsys, monkeypatch):
    monkeypatch.setattr(cluster, "CONNECT", 1)
    nowhere = "tcp://127.0.0.1:1"
    assert main(["grade", "--course", str(class_), "--scheduler", nowhere]) == 2
    assert f"there is no scheduler at {nowhere}" in capsys.readouterr().err


def test_workers_with_several_threads_are_refused(class_, dask, capsys):
    address = dask(workers=1, threads=2)
    assert main(["grade", "--course", str(class_), "--scheduler", address]) == 2
    assert "--nthreads 1" in capsys.readouterr().err


@pytest.mark.slow
def test_what_ends_a_worker_is_named_and_the_rest_is_done(class_, dask):
    def end_or_double(number):
        return os._exit(1) if number == 3 else 2 * number

    ended = []
    with cluster.connected(dask(), Course(class_), False, lambda: None) as client:
        results = dict(cluster.each(client, end_or_double, range(6)))
        ended = [number for number, result in results.items() if result is None]
    assert ended == [3]
    assert sorted(set(results) - {3}) == [0, 1, 2, 4, 5]
    assert all(results[n] == 2 * n for n in results if n != 3)


@pytest.mark.slow
@pytest.mark.parametrize(("number", "said"), [(0, "the scheduler has"), (1, "the last worker has")])
def test_a_cluster_that_goes_is_named(class_, dask, monkeypatch, number, said):
    monkeypatch.setattr(cluster, "PATIENCE", 1)
    monkeypatch.setattr(cluster, "RESTART", 2)

    def slowly(number):
        time.sleep(0.5)
        return number

    def interrupted():
        quickly = {"distributed.comm.timeouts.connect": "2s"}
        with config.set(quickly), connected as client:
            for item, result in cluster.each(client, slowly, range(100)):
                assert item == result
                if item == 1:
                    end(dask.running[number])

    connected = cluster.connected(dask(workers=1), Course(class_), False, lambda: None)
    with pytest.raises(cluster.NoCluster, match=f"{said} gone"):
        interrupted()


def test_another_course_under_the_same_name_is_noticed(class_):
    assert cluster.why_not(Course(class_), cluster.fingerprint(Course(class_)), False) == ""
    assert "another folder" in cluster.why_not(Course(class_), "of another", False)
    gone = Course(class_ / "nowhere")
    assert "in the same place" in cluster.why_not(gone, "any", False)


def _command(process):
    try:
        return process.cmdline()
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return []
