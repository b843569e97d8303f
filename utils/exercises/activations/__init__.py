"""Chapter 2, activations: its exercises in the order of the curriculum."""

from utils.checking import Chapter

CHAPTER = Chapter("02_activations", "2 · Activations", ())
