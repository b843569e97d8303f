"""Chapter 7, transfer learning: its exercises in the order of the curriculum."""

from utils.checking import Chapter
from utils.exercises.transfer_learning.choose_option import choose_option

CHAPTER = Chapter(
    "07_transfer_learning",
    "7 · Transfer learning",
    (choose_option,),
)
