"""Whatever an answer does, the check ends with a verdict, a message and a living process."""

import sys
import threading
import time

import numpy as np
import pytest

from utils import evaluate

HOSTILE = {}


def hostile(function):
    HOSTILE[function.__name__] = function
    return function


class Liar(float):
    """Claims to equal everything."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __getattr__(self, name):
        raise ValueError("no")


class LyingArray(np.ndarray):
    def __array_ufunc__(self, *args, **kwargs):
        return True

    def __array_function__(self, *args, **kwargs):
        return True


@hostile
def lies_about_being_equal(a_in, W, b, g):
    return np.zeros(W.shape[1]).view(LyingArray)


@hostile
def number_that_equals_everything(a_in, W, b, g):
    return Liar(1)


@hostile
def exits(a_in, W, b, g):
    sys.exit(3)


@hostile
def exits_by_the_shell(a_in, W, b, g):
    exit()


@hostile
def recurses(a_in, W, b, g):
    return recurses(a_in, W, b, g)


@hostile
def claims_the_stop_button(a_in, W, b, g):
    raise KeyboardInterrupt


@hostile
def raises_an_exception_that_fails_to_print(a_in, W, b, g):
    class Unprintable(Exception):
        def __str__(self):
            raise RuntimeError("no")

    raise Unprintable


@hostile
def raises_beside_exception(a_in, W, b, g):
    raise GeneratorExit


@hostile
def asks_for_all_memory(a_in, W, b, g):
    return np.zeros((10**7, 10**7))


@hostile
def returns_a_huge_view(a_in, W, b, g):
    return np.broadcast_to(0.0, (10**12,))


@hostile
def returns_a_list_in_itself(a_in, W, b, g):
    loop = []
    loop.append(loop)
    return loop


@hostile
def returns_another_class_in_disguise(a_in, W, b, g):
    class Disguise:
        __class__ = np.ndarray
        shape = (3,)

    return Disguise()


@hostile
def returns_a_class(a_in, W, b, g):
    return int


@hostile
def returns_datetimes(a_in, W, b, g):
    return np.zeros(W.shape[1], dtype="datetime64[s]")


@hostile
def returns_records(a_in, W, b, g):
    return np.zeros(W.shape[1], dtype=[("x", float)])


@hostile
def resizes_its_argument(a_in, W, b, g):
    a_in.resize((7,), refcheck=False)
    return g(np.zeros(W.shape[1]))


@hostile
async def is_a_coroutine(a_in, W, b, g):
    return g(a_in @ W + b)


@hostile
def prints_for_ever_and_fails(a_in, W, b, g):
    for _ in range(10_000):
        print("x" * 1000)
        print("x" * 1000, file=sys.stderr)


@hostile
def raises_an_exception_that_exits_when_printed(a_in, W, b, g):
    class Exits(Exception):
        def __str__(self):
            sys.exit(1)

    raise Exits


@hostile
def raises_an_exception_whose_class_exits(a_in, W, b, g):
    class Meta(type):
        def __getattribute__(cls, name):
            sys.exit(1)

    class Exits(Exception, metaclass=Meta):
        pass

    raise Exits


@hostile
def raises_an_exception_with_half_a_letter(a_in, W, b, g):
    raise ValueError("\ud800")


@hostile
def returns_a_view_that_lies_about_its_size(a_in, W, b, g):
    class Small(np.ndarray):
        size = 1

    return np.broadcast_to(0.0, (10**12,)).view(Small)


@hostile
def closes_what_it_takes_for_the_terminal_and_fails(a_in, W, b, g):
    sys.stdout.close()
    sys.stderr.close()


@pytest.mark.filterwarnings("ignore:coroutine")
@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_answer_is_wrong_with_a_message(name, capfd):
    result = evaluate("dense", HOSTILE[name], hidden=True, seed=0)
    assert result.verdict == "wrong"
    assert 2 <= len(result.feedback.splitlines()) <= 10
    assert result.feedback.encode()
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "answer",
    [3, "dense", np.zeros(3), [], evaluate("dense", None), type("No", (), {})()],
    ids=lambda answer: type(answer).__name__,
)
def test_an_answer_that_is_no_function_is_wrong(answer):
    result = evaluate("dense", answer)
    assert result.verdict == "wrong"
    assert "function" in result.feedback


def test_a_loop_without_end_is_stopped_and_told():
    def dense(a_in, W, b, g):
        while True:
            pass

    start = time.monotonic()
    result = evaluate("dense", dense)
    assert result.verdict == "wrong"
    assert "5 seconds" in result.feedback
    assert time.monotonic() - start < 30


def test_a_loop_that_catches_everything_is_stopped_too():
    def dense(a_in, W, b, g):
        while True:
            try:  # noqa: SIM105  as a student would write it
                sum(range(1000))
            except:  # noqa: E722  likewise
                pass

    assert "5 seconds" in evaluate("dense", dense).feedback


def test_the_stop_button_still_stops():
    """A real interrupt reaches the student instead of being taken for a wrong answer."""
    import _thread

    def dense(a_in, W, b, g):
        time.sleep(3)

    threading.Timer(0.3, _thread.interrupt_main).start()
    with pytest.raises(KeyboardInterrupt):
        evaluate("dense", dense)


def test_the_interrupt_handler_is_put_back():
    import signal

    before = signal.getsignal(signal.SIGINT)
    evaluate("dense", exits)
    assert signal.getsignal(signal.SIGINT) is before


def test_a_check_in_another_thread_works_without_the_watchdog():
    found = []
    thread = threading.Thread(
        target=lambda: found.append(evaluate("dense", lambda a, W, b, g: g(a @ W + b)).verdict)
    )
    thread.start()
    thread.join()
    assert found == ["right"]


@pytest.mark.parametrize("name", ["__signature__", "__wrapped__", "__code__", "__class__"])
def test_an_object_that_exits_when_looked_at_is_wrong(name):
    def exits_now(self):
        sys.exit(1)

    parts = {"__call__": lambda self, *args: None, name: property(exits_now)}
    assert evaluate("dense", type("Answer", (), parts)()).verdict == "wrong"


def test_an_object_that_never_ends_being_looked_at_is_stopped():
    from utils.checking.port import LocalPort

    class Answer:
        def __getattribute__(self, name):
            while True:
                pass

        def __call__(self, *args):
            return None

    start = time.monotonic()
    assert LocalPort(Answer(), seconds=0.2).about().callable
    assert time.monotonic() - start < 5


def test_an_exception_that_never_ends_being_printed_is_stopped():
    from utils.checking.port import LocalPort

    class Endless(Exception):
        def __str__(self):
            while True:
                pass

    def answer():
        raise Endless

    assert LocalPort(answer, seconds=0.2).call().timed_out


def test_slow_calls_do_not_skip_the_hidden_cases(monkeypatch):
    """Right on the first cases and slow: the cases that no time is left for are not passed."""
    from utils.checking import judge, port

    monkeypatch.setattr(judge, "BUDGET", 0.0)
    clock = iter(range(0, 10_000, 4))
    monkeypatch.setattr(port.time, "monotonic", lambda: next(clock))
    result = evaluate("neuron", lambda x, w, b, g: g(w @ x + b), hidden=True, seed=0)
    assert result.verdict == "wrong"
    assert "slow" in result.feedback


@pytest.mark.parametrize("number", [10**6000, [((10**6000, 1), (1,))]], ids=["alone", "in a list"])
def test_a_number_too_long_to_print_is_wrong(number):
    assert evaluate("count_parameters", lambda n, units: number).verdict == "wrong"
    assert evaluate("layer_shapes", lambda n, units: number).verdict == "wrong"
    assert evaluate("break_naive_sigmoid", number).verdict == "wrong"


def test_a_class_named_after_a_hidden_case_is_not_named():
    def neuron(x, w, b, g):
        return g(w @ x + b) if x.size < 300 else type("secret", (), {})()

    result = evaluate("neuron", neuron, hidden=True, seed=0)
    assert "secret" not in result.feedback
    assert "a class of your own" in result.feedback


def test_an_argument_replaced_by_a_hostile_one_counts_as_changed():
    class Evil(np.ndarray):
        def tobytes(self):
            sys.exit(1)

    def sequential(x, layers):
        for W, b, g in layers:
            x = g(x @ W + b)
        layers[0] = (layers[0][0].view(Evil), *layers[0][1:])
        return x

    result = evaluate("sequential", sequential)
    assert "It changes its argument `layers`" in result.feedback


def test_a_layer_that_is_in_the_list_twice_is_one_layer_for_the_answer():
    def sequential(x, layers):
        done = []
        for W, b, g in layers:
            if not any(W is other for other in done):
                x = g(x @ W + b)
            done.append(W)
        return x

    assert not evaluate("sequential", sequential).passed


def test_the_interrupt_handler_is_put_back_when_the_time_is_up_at_the_end():
    """An interrupt that comes while the watchdog leaves lands nowhere."""
    import signal

    from utils.checking.watchdog import Watchdog

    before = signal.getsignal(signal.SIGINT)
    watchdog = Watchdog(60)
    with watchdog:
        watchdog.fired = True
        watchdog._left.set()
        signal.raise_signal(signal.SIGINT)
    watchdog.leave()
    assert signal.getsignal(signal.SIGINT) is before
