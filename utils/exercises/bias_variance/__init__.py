"""Chapter 6, bias and variance: its exercises in the order of the curriculum."""

from utils.checking import Chapter

CHAPTER = Chapter(
    "06_bias_variance",
    "6 · Bias, variance and choosing a model",
    (),
)
