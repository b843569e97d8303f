"""Chapter 1, forward propagation: its exercises in the order of the curriculum."""

from utils.checking import Chapter
from utils.exercises.forward_prop.break_rows import break_rows
from utils.exercises.forward_prop.dense import dense

CHAPTER = Chapter("01_forward_prop", "1 · Forward propagation", (dense, break_rows))
