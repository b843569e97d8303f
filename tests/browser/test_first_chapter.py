"""Chapter 1 as a student meets it: JupyterLab in a browser, the first cells, a wrong answer."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from utils.exercises import find

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "google-chrome"))), None)
DRIVER = shutil.which("chromedriver")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not (CHROMIUM and DRIVER),
        reason="needs Chromium and chromedriver (Debian: apt-get install chromium chromium-driver)",
    ),
]

SECONDS = 90  # for the slowest thing waited for: JupyterLab's first page and a kernel, on two cores
WRONG = "neuron = lambda x, w, b, g: g(np.dot(w, x))"
CONTROL = Keys.COMMAND if sys.platform == "darwin" else Keys.CONTROL


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address that `autograder lab` prints, with fresh student copies."""
    course = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "notebooks", course / "notebooks")
    command = [sys.executable, "-m", "autograder.cli", "lab", "--no-browser", "--course", course]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            line = next(line for line in server.stdout if line.startswith("JupyterLab: "))
            yield line.split()[1]
        finally:
            server.terminate()


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    profile = tmp_path_factory.mktemp("profile")
    quiet = ["background-networking", "component-update", "sync", "gpu", "quic", "dev-shm-usage"]
    for flag in ["headless", "no-first-run", f"user-data-dir={profile}", "window-size=1200,1600"]:
        options.add_argument(f"--{flag}")
    for part in quiet:
        options.add_argument(f"--disable-{part}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # Chromium's own refuses to run as root
    driver = webdriver.Chrome(options, webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


class Page:
    """The notebook on the screen, moved by the keyboard as a student does."""

    def __init__(self, browser, address):
        self.browser = browser
        browser.get(address)
        self.until(lambda: self.text_of_active_cell())

    def until(self, condition):
        def met(_):
            try:
                return condition()
            except Exception:  # a cell that JupyterLab draws anew while we look at it
                return False

        return WebDriverWait(self.browser, SECONDS, poll_frequency=0.1).until(met)

    def find(self, css):
        return self.browser.find_elements(By.CSS_SELECTOR, css)

    @property
    def active_cell(self):
        return self.browser.find_element(By.CSS_SELECTOR, ".jp-Notebook .jp-Cell.jp-mod-active")

    def text_of_active_cell(self):
        return self.active_cell.text

    def press(self, *keys):
        chain = webdriver.ActionChains(self.browser)
        chain.send_keys(*keys).perform()

    def run_cell(self):
        """Shift-Enter: run the cell, go to the next."""
        chain = webdriver.ActionChains(self.browser)
        chain.key_down(Keys.SHIFT).send_keys(Keys.ENTER).key_up(Keys.SHIFT).perform()

    def run_to(self, text):
        """Run cells until the active one contains the text."""
        for _ in range(60):
            if text in self.text_of_active_cell():
                return
            before = self.active_cell.id
            self.run_cell()
            self.until(lambda before=before: self.active_cell.id != before)
        raise AssertionError(f"no cell contains {text!r}")

    def answer(self, text):
        """Replace what the active cell contains, and run it."""
        self.press(Keys.ENTER)
        chain = webdriver.ActionChains(self.browser)
        chain.key_down(CONTROL).send_keys("a").key_up(CONTROL).send_keys(text).perform()
        self.run_cell()

    def output_of(self, text):
        """What the cell that contains the text shows below itself, once it has run."""

        def shown():
            cell = next(cell for cell in self.find(".jp-CodeCell") if text in cell.text)
            ready = "[*]" not in cell.find_element(By.CSS_SELECTOR, ".jp-InputPrompt").text
            output = cell.find_element(By.CSS_SELECTOR, ".jp-OutputArea").text
            return output if ready and output.strip() else ""

        return self.until(shown)


@pytest.fixture(scope="module")
def page(browser, address):
    return Page(browser, address)


def test_wrong_answer_is_explained(page):
    page.run_to("def neuron(")
    page.answer(WRONG)
    page.run_to('check("neuron")')
    page.run_cell()
    said = page.output_of('check("neuron")')
    says = next(m.says for m in find("neuron").mistakes if m.id == "bias_forgotten")
    assert says.split(".")[0] in " ".join(said.split())
    assert "Traceback" not in said
    assert len(said.splitlines()) <= 12


def test_figures_have_alt_text(page):
    def alt_texts():
        """Of the figures near the active cell: JupyterLab draws only what is near the screen."""
        found = [img.get_attribute("alt") for img in page.find(".jp-OutputArea img")]
        if not found:
            page.press(Keys.ESCAPE, Keys.ARROW_UP)
        return found

    assert all(page.until(alt_texts))
