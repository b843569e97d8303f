"""The roast one can move: its page computes what the network computes."""

import re
import shutil
import subprocess

import numpy as np
import pytest

from utils.data import coffee
from utils.plotting.explore import page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ROASTS = [(200.0, 13.0), (160.0, 11.8), (172.0, 15.5)]


def html(roast):
    W1, b1, W2, b2 = coffee.trained_weights()
    layers = [(W1, b1, coffee.sigmoid), (W2, b2, coffee.sigmoid)]
    names = ("too cool", "too short", "burnt")
    return page('<img alt="The picture.">', layers, *coffee.roasts(), names, roast)


def test_page_without_scripts_is_the_picture_with_its_alt_text():
    before_the_script = html((200.0, 13.0)).split("<script>")[0]
    assert '<img alt="The picture.">' in before_the_script


def test_page_loads_nothing():
    assert not re.search(r"https?:|src=|import\b|fetch\(|url\(", html((200.0, 13.0)))


@pytest.mark.skipif(CHROMIUM is None, reason="needs the program chromium")
@pytest.mark.parametrize("roast", ROASTS)
def test_page_shows_what_the_network_says(roast, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(f'<meta charset="utf-8">{html(roast)}', encoding="utf-8")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"]
    command += [f"--user-data-dir={tmp_path / 'profile'}", file.as_uri()]
    document = subprocess.run(command, capture_output=True, text=True, timeout=60).stdout
    said = re.search(r'class="says"[^>]*>([^<]*)<', document).group(1)

    x = coffee.scaled(np.array([roast]))
    W1, b1, _, _ = coffee.trained_weights()
    objecting = [
        name
        for name, z in zip(("too cool", "too short", "burnt"), (x @ W1 + b1)[0], strict=True)
        if z >= 0
    ]
    assert f"p = {coffee.probabilities(x)[0]:.2f}." in said
    assert said.endswith(f"Units that object: {', '.join(objecting) or 'none'}.")
