"""Chapter 5, convolutional networks: its exercises in the curriculum's order."""

from utils.checking import Chapter
from utils.exercises.cnn.break_flip import break_flip
from utils.exercises.cnn.cnn_model import cnn_model
from utils.exercises.cnn.conv2d import conv2d
from utils.exercises.cnn.conv_as_matrix import conv_as_matrix
from utils.exercises.cnn.conv_step import conv_step
from utils.exercises.cnn.edge_kernel import edge_kernel
from utils.exercises.cnn.is_equivariant import is_equivariant
from utils.exercises.cnn.layer_parameters import layer_parameters
from utils.exercises.cnn.output_size import output_size
from utils.exercises.cnn.pool2d import pool2d
from utils.exercises.cnn.receptive_field import receptive_field
from utils.exercises.cnn.train_cnn import train_cnn
from utils.exercises.cnn.zero_pad import zero_pad

CHAPTER = Chapter(
    "05_cnn",
    "5 · Convolutional networks",
    (
        zero_pad,
        conv_step,
        conv2d,
        pool2d,
        output_size,
        layer_parameters,
        conv_as_matrix,
        break_flip,
        edge_kernel,
        receptive_field,
        is_equivariant,
        cnn_model,
        train_cnn,
    ),
)
