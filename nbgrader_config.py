"""nbgrader's settings for this course; stock nbgrader commands run in this directory read them."""

from pathlib import Path

c = get_config()  # noqa: F821  (nbgrader puts it there)

# Wherever this checkout lies, and from whichever directory a tool reads this file.
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.course_id = "first-steps-in-machine-learning"
# Built from chapters/ by `autograder build`; holds notebooks and nothing that gives solutions away.
c.CourseDirectory.source_directory = "notebooks"

# Execute runs a submission (autograde, validate); ExecutePreprocessor is nbconvert's, its base.
for executor in (c.Execute, c.ExecutePreprocessor):
    # Training takes longer than nbgrader's 30 seconds.
    executor.timeout = 180
    # Otherwise a file utils.py beside a submission stands in for ours, and passes every check.
    # And the kernel's notes about itself, one for each notebook, would bury nbgrader's lines.
    executor.extra_arguments = ["--InteractiveShellApp.ignore_cwd=True", "--log-level=ERROR"]
