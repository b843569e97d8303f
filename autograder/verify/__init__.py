"""The course tests itself: every exercise against its own answers, mistakes and mutants.

`exercises` runs what stands beside each exercise, `mutants` and `disguises` make further wrong
and right answers by machine, `transcript` writes down what a student reads, `table` how good the
judge is, and `command` puts them together as `autograder verify`.
"""

from autograder.verify.command import verify

__all__ = ["verify"]
