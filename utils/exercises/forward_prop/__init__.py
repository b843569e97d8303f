"""Chapter 1, forward propagation: its exercises in the order of the curriculum."""

from utils.checking import Chapter
from utils.exercises.forward_prop.break_rows import break_rows
from utils.exercises.forward_prop.count_parameters import count_parameters
from utils.exercises.forward_prop.dense import dense
from utils.exercises.forward_prop.dense_batch import dense_batch
from utils.exercises.forward_prop.layer_shapes import layer_shapes
from utils.exercises.forward_prop.neuron import neuron
from utils.exercises.forward_prop.predict_labels import predict_labels
from utils.exercises.forward_prop.sequential import sequential

CHAPTER = Chapter(
    "01_forward_prop",
    "1 · Forward propagation",
    (
        neuron,
        dense,
        sequential,
        dense_batch,
        layer_shapes,
        count_parameters,
        predict_labels,
        break_rows,
    ),
)
