"""Reference implementations, one module a chapter, written to be read: textbook NumPy.

They import nothing of ours, so that a grader can take this package away from a
student's process without breaking anything else. A chapter's notebook may import the
references of *earlier* chapters, never its own.
"""
