"""Exercise `largest_safe_exponent`: how far exp goes in each type of float."""

import numpy as np

from utils.checking import Count, Exercise, case
from utils.reference import softmax as reference

largest_safe_exponent = Exercise(
    id="largest_safe_exponent",
    title="How far exp goes",
    points=None,
    reference=reference.largest_safe_exponent,
    returns=Count(),
    begin=(
        "Begin with `np.finfo(dtype).max`, the largest number of that type. For which k is exp(k) "
        "as large as that?"
    ),
    hints=(
        "exp(k) is finite as long as it is not above the largest number of the type. Which "
        "function undoes exp?",
        "Take the largest number of the type, make a Python float of it, take its natural "
        "logarithm, and cut off what stands after the point. Return an int.",
        "largest = float(np.finfo(dtype).max); the largest k is np.floor of the logarithm of that, "
        "as an int. Which logarithm belongs to exp?",
    ),
    cases=[
        case("half precision", "float16"),
        case("single precision", "float32"),
        case("double precision", "float64"),
    ],
    equivalent={
        "np.floor(np.log(float(np.finfo(dtype).max))) -> "
        "np.log(float(np.finfo(dtype).max))": "for positive numbers int rounds down too",
        "float(np.finfo(dtype).max) -> "
        "np.finfo(dtype).max": "the logarithm of the largest number fits into every type",
        "np.log(float(np.finfo(dtype).max)) -> "
        "np.log1p(float(np.finfo(dtype).max))": "beside so large a number 1 makes no difference",
    },
)


@largest_safe_exponent.mistake(
    "Yours is one too many: it is the first k at which exp overflows. Which k is the last that "
    "does not?"
)
def first_that_overflows(dtype):
    return int(np.log(float(np.finfo(dtype).max))) + 1


@largest_safe_exponent.also("first_that_overflows")
def rounded_up(dtype):
    return int(np.ceil(np.log(float(np.finfo(dtype).max))))


@largest_safe_exponent.mistake(
    "For two of the types yours is one too many: it rounds to the nearest whole number. In which "
    "direction must it go?"
)
def rounded(dtype):
    return round(float(np.log(float(np.finfo(dtype).max))))


@largest_safe_exponent.mistake("Yours is one too few. exp of the next k is still finite.")
def one_too_few(dtype):
    return int(np.log(float(np.finfo(dtype).max))) - 1


@largest_safe_exponent.mistake(
    "The count is right, but NumPy warned when exp went too far. Can you know k without trying, or "
    "tell NumPy that you expect it?"
)
def warned_on_the_way(dtype):
    k = 0
    while np.isfinite(np.exp(np.array(k + 1, dtype=dtype))):
        k += 1
    return k


@largest_safe_exponent.mistake(
    "Yours gives 709 whatever the type: np.exp of a Python number is computed in float64. Where "
    "does `dtype` come in?"
)
def always_double(dtype):
    return int(np.log(np.finfo(float).max))


@largest_safe_exponent.also("always_double")
def tried_with_python_numbers(dtype):
    k = 0
    with np.errstate(over="ignore"):
        while np.isfinite(np.exp(k + 1)):
            k += 1
    return k


@largest_safe_exponent.mistake(
    "This is a power of 2: the largest number is just below 2 to that power. exp is a power of e."
)
def power_of_two(dtype):
    return int(np.finfo(dtype).maxexp)


@largest_safe_exponent.also("power_of_two")
def logarithm_to_base_two(dtype):
    return int(np.floor(np.log2(float(np.finfo(dtype).max)) + 1e-9))


@largest_safe_exponent.mistake(
    "This counts the decimal digits: it is a power of 10. exp is a power of e, so which logarithm "
    "undoes it?"
)
def power_of_ten(dtype):
    return int(np.log10(float(np.finfo(dtype).max)))


@largest_safe_exponent.mistake(
    "This is k as a float, with what comes after the point. The largest whole number is asked for, "
    "as an int."
)
def not_a_whole_number(dtype):
    return float(np.log(float(np.finfo(dtype).max)))


@largest_safe_exponent.also("not_a_whole_number")
def whole_but_a_float(dtype):
    return np.floor(np.log(float(np.finfo(dtype).max)))


@largest_safe_exponent.mistake(
    "This is the largest number of the type. k is the number whose exp is that large."
)
def the_largest_number(dtype):
    return int(np.finfo(dtype).max)


@largest_safe_exponent.mistake(
    "This is how many bits the type has. How large is the largest number that fits into them, and "
    "for which k is exp(k) as large?"
)
def bits(dtype):
    return int(np.finfo(dtype).bits)


@largest_safe_exponent.mistake(
    "Yours looks at the small end, where exp becomes 0. Overflow happens at the large end."
)
def smallest_instead(dtype):
    return int(np.log(float(np.finfo(dtype).tiny)))


@largest_safe_exponent.also("smallest_instead")
def smallest_without_sign(dtype):
    return int(-np.log(float(np.finfo(dtype).tiny)))


@largest_safe_exponent.alternative
def tried_one_by_one(dtype):
    k = 0
    with np.errstate(over="ignore"):
        while np.isfinite(np.exp(np.array(k + 1, dtype=dtype))):
            k += 1
    return k


@largest_safe_exponent.alternative
def all_at_once(dtype):
    with np.errstate(over="ignore"):
        finite = np.isfinite(np.exp(np.arange(1000, dtype=dtype)))
    return np.argmin(finite) - 1


@largest_safe_exponent.alternative
def from_a_table(dtype):
    return {"float16": 11, "float32": 88, "float64": 709}[dtype]


@largest_safe_exponent.alternative
def from_the_bits(dtype):
    exponent_bits = {"float16": 5, "float32": 8, "float64": 11}[dtype]
    return int(2 ** (exponent_bits - 1) * np.log(2))


@largest_safe_exponent.alternative
def by_multiplying(dtype):
    largest, power, k = float(np.finfo(dtype).max), 1.0, 0
    while power <= largest / np.e:
        power *= np.e
        k += 1
    return np.int64(k)
