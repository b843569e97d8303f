"""Data that is generated from a seed, a module a story. Nothing is downloaded, nothing graded."""
