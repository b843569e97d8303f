"""Chapter 5, convolutional networks: its exercises in the curriculum's order."""

from utils.checking import Chapter

CHAPTER = Chapter(
    "05_cnn",
    "5 · Convolutional networks",
    (),
)
