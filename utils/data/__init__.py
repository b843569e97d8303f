"""What the chapters look at, a module a story: generated from a seed, or shipped (`SOURCES.md`).

Nothing is downloaded when the course runs, and nothing here is graded.
"""
