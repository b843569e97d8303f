"""The course's public door: check an answer, ask for a hint, see your progress.

>>> from utils import check, evaluate, hint, progress

This is each notebook's first import. It takes neither TensorFlow nor Matplotlib, and it sets
what keeps TensorFlow quiet, which only works before TensorFlow is first imported.
"""

import logging
import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

from utils.checking import notebook as _notebook
from utils.checking.door import check, evaluate, hint, progress
from utils.checking.verdict import CheckFailed, Result, Unjudged

__all__ = ["CheckFailed", "Result", "Unjudged", "check", "evaluate", "hint", "progress"]

_notebook.explain_missing_names()
# TensorFlow warns, addresses and all, when several models are fitted: which is what a lesson does.
logging.getLogger("tensorflow").addFilter(lambda record: record.levelno >= logging.ERROR)
