"""The instructor's side: build, release, grade, report. Imports `utils`, never the other way."""
