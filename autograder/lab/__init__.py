"""The student's desk: `copies` in lab/, `carry` work over into a new text, `server` for JupyterLab."""

from autograder.lab.desk import lab

__all__ = ["lab"]
