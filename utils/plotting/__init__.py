"""Figures, a module a chapter; ``style`` is what they share. Nothing graded is here.

This package loads Matplotlib only when a chapter's module is imported, and never a
reference: what a figure needs of a formula it takes as an argument or writes itself.
"""
