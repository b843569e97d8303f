"""Chapter 7, transfer learning: its exercises in the order of the curriculum."""

from utils.checking import Chapter
from utils.exercises.transfer_learning.accuracy_by_size import accuracy_by_size
from utils.exercises.transfer_learning.choose_option import choose_option
from utils.exercises.transfer_learning.option_1 import option_1
from utils.exercises.transfer_learning.option_2 import option_2
from utils.exercises.transfer_learning.replace_head import replace_head
from utils.exercises.transfer_learning.trainable_parameters import trainable_parameters
from utils.exercises.transfer_learning.unfreeze import unfreeze

CHAPTER = Chapter(
    "07_transfer_learning",
    "7 · Transfer learning",
    (
        replace_head,
        option_1,
        option_2,
        trainable_parameters,
        unfreeze,
        choose_option,
        accuracy_by_size,
    ),
)
