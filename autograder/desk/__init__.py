"""The student's desk: `copies` in lab/, `carry` work into a new text, `server` for JupyterLab."""

from autograder.desk.lab import lab

__all__ = ["lab"]
