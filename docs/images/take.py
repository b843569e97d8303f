"""Take the README's picture again: chapter 1 in JupyterLab, a wrong `dense` and what it is told.

    python docs/images/take.py          (needs chromium and chromedriver)

It works on student copies of its own in a temporary folder, with JupyterLab as students have it.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from PIL import Image
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
SECONDS = 90
SHARP = 2  # pixels of the picture for one of the page
COLOURS = 64  # a page of text needs no more, and the file shrinks to a third

# The mistake `bias_after_activation`, as a student types it: with the linear g nothing shows.
ANSWER = """\
def dense(a_in, W, b, g):
    units = W.shape[1]
    a_out = np.zeros(units)
    for j in range(units):
        z = np.dot(W[:, j], a_in)
        a_out[j] = g(z) + b[j]
    return a_out"""
CHECK = 'check("dense")'


def main():
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder)
        shutil.copytree(ROOT / "notebooks", course / "notebooks")
        autograder = [sys.executable, "-m", "autograder.cli", "lab", "--course", folder]
        subprocess.run([*autograder, "--only-files"], check=True)
        write_answer(course / "lab" / "01_forward_prop" / "forward_prop.ipynb")
        with subprocess.Popen(
            [*autograder, "--no-browser"], stdout=subprocess.PIPE, text=True
        ) as lab:
            try:
                line = next(line for line in lab.stdout if line.startswith("JupyterLab: "))
                place = "/lab/tree/01_forward_prop/forward_prop.ipynb"
                picture = take(line.split()[1].replace("/lab", place, 1), folder)
            finally:
                lab.terminate()
    file = HERE / "check.png"
    picture.convert("RGB").quantize(COLOURS).save(file, optimize=True)
    print(f"{file.name}: {picture.size[0]} x {picture.size[1]}, {file.stat().st_size // 1000} kB")


def write_answer(path):
    """Put the answer in its cell, as if it had been typed and saved."""
    notebook = nbformat.read(path, as_version=4)
    cell = next(c for c in notebook.cells if c.source.startswith("def dense("))
    cell.source = ANSWER
    nbformat.write(notebook, path)


def take(address, folder):
    browser = start(folder)
    try:
        browser.get(address)
        wait = WebDriverWait(browser, SECONDS)
        wait.until(lambda _: active(browser) and "| Idle" in text_of(browser, "#jp-main-statusbar"))
        run_through(browser, wait)
        wait.until(lambda _: "not right yet" in said(browser))
        return crop(browser)
    finally:
        browser.quit()


def start(folder):
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome")
    for flag in (
        "headless",
        "hide-scrollbars",
        "disable-gpu",
        "disable-dev-shm-usage",
        "disable-background-networking",
        "window-size=1180,1400",
        f"force-device-scale-factor={SHARP}",
        f"user-data-dir={folder}/profile",
    ):
        options.add_argument(f"--{flag}")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        options.add_argument("--no-sandbox")  # Chromium's own refuses to run as root
    return webdriver.Chrome(options, webdriver.ChromeService(shutil.which("chromedriver")))


def run_through(browser, wait):
    """Shift-Enter from the first cell to the check of `dense`, and that too."""
    for _ in range(100):
        here = active(browser)
        checking = CHECK in here.text
        shift_enter(browser)
        if checking:
            return
        wait.until(lambda _, here=here: active(browser) and active(browser).id != here.id)
    raise SystemExit(f"take.py: chapter 1 has no cell {CHECK}")


def shift_enter(browser):
    keys = webdriver.ActionChains(browser)
    keys.key_down(Keys.SHIFT).send_keys(Keys.ENTER).key_up(Keys.SHIFT).perform()


def active(browser):
    found = browser.find_elements(By.CSS_SELECTOR, ".jp-Notebook .jp-Cell.jp-mod-active")
    return found[0] if found else None


def text_of(browser, css):
    return browser.find_element(By.CSS_SELECTOR, css).text


def cell(browser, text):
    found = browser.find_elements(By.CSS_SELECTOR, ".jp-CodeCell")
    return next((one for one in found if text in one.text), None)


def said(browser):
    """What the check shows below itself."""
    check = cell(browser, CHECK)
    return check.find_element(By.CSS_SELECTOR, ".jp-OutputArea").text if check else ""


def crop(browser):
    """From the answer's cell to the end of the check's output."""
    first, last = cell(browser, "def dense("), cell(browser, CHECK)
    browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", last)
    shown = "const box = arguments[0].getBoundingClientRect(); return "
    left, top = browser.execute_script(f"{shown} [box.left, box.top]", first)
    right, bottom = browser.execute_script(f"{shown} [box.right, box.bottom]", last)
    bottom -= 3  # there the frame of the next cell begins
    shot = Image.open(io.BytesIO(browser.get_screenshot_as_png()))
    return shot.crop(tuple(round(SHARP * edge) for edge in (left, top, right, bottom)))


if __name__ == "__main__":
    main()
