"""From `chapters/NN_name.md`, which a person edits, to `notebooks/NN_name/name.ipynb`.

Read in this order: `text` (the chapter as written), `cells` (what each of its cells becomes),
`assemble` (the notebook before it runs), `run` (the notebook with its outputs), `compare`
(text and notebook in step), `build` (the command).
"""

from autograder.build.build import build

__all__ = ["build"]
