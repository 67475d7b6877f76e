"""Hints for arrays and numbers: shapes that do not fit, kinds that do not go together."""

import numpy

from tenlines.learner.hints.mistake import Mistake, hint


@hint(ValueError)
def shapes(_: ValueError, mistake: Mistake) -> str | None:
    two = mistake.says(r"shapes (\(.*?\)) and (\(.*?\)) not aligned: (\d+) .*? != (\d+)")
    if two:
        first, second, columns, rows = two.groups()
        return (
            f"dot multiplies rows of the first array with columns of the second: {first} has {columns} numbers in a "
            f"row, {second} has {rows} in a column; these must be as many. Often .T, which turns an array, is missing."
        )
    sizes = mistake.says(r"matmul: .*size (\d+) is different from (\d+)")
    if sizes:
        return (
            f"@ multiplies rows of the first array with columns of the second: {sizes[2]} numbers in a row do not go "
            f"with {sizes[1]} in a column. Often .T, which turns an array, is missing."
        )
    both = mistake.says(r"could not be broadcast together with shapes ((?:\([\d,]*\) ?)+)")
    if both:
        shapes = " and ".join(both[1].split())
        return f"Arrays of the shapes {shapes} do not fit: both need as many rows and as many columns, or just one."
    if "inhomogeneous" in mistake.words:
        return "The rows of this array do not all hold as many numbers."
    if "truth value of an array" in mistake.words:
        return "An array is neither true nor false: ask (…).all(), whether all of it is, or (…).any()."
    if "cannot reshape" in mistake.words:
        return "A shape must have room for just the numbers that are there: rows times columns."
    return None


@hint(ValueError)
def no_number(_: ValueError, mistake: Mistake) -> str | None:
    if mistake.says(r"could not convert string to float|invalid literal for int"):
        return "This text is no number. A ? stays in the table; here, rows to ask about stand in the last line."
    if "math domain error" in mistake.words:
        return "This has no answer among the numbers, such as the root or the logarithm of a negative one."
    return None


@hint(IndexError)
def past_the_end(_: IndexError, mistake: Mistake) -> str | None:
    if "too many indices" in mistake.words:
        return "There are more numbers between the [ ] than this array has dimensions; .shape says how many those are."
    size = mistake.says(r"with size (\d+)")
    last = f": of {size[1]}, the last is number {int(size[1]) - 1}" if size and int(size[1]) > 0 else ""
    return f"Python counts from 0{last}."


@hint(KeyError)
def no_key(error: KeyError, mistake: Mistake) -> str | None:
    return f"There is nothing under {error.args[0]!r} in it." if error.args and "[" in mistake.line else None


@hint(TypeError)
def casting(error: TypeError, _: Mistake) -> str | None:
    kinds = getattr(error, "from_", None), getattr(error, "to", None)
    if not all(isinstance(kind, numpy.dtype) for kind in kinds):
        return None
    if kinds[0].kind == "f" and kinds[1].kind in "iu":  # pyright: ignore[reportOptionalMemberAccess]
        return (
            "This array holds whole numbers only and cannot take fractions. Write one of them with a point, as in 0.0."
        )
    return "The array cannot take numbers of this kind."


@hint(TypeError)
def text_among_numbers(_: TypeError, mistake: Mistake) -> str | None:
    if "ufunc" in mistake.words or "dtype" in mistake.words or "multiply" in mistake.words:
        for name, value in mistake.namespace.items():
            if isinstance(value, numpy.ndarray) and value.dtype.kind in "USO" and name in mistake.line:
                what = "?" if "?" in value.ravel().tolist() else "text"
                return f"{name} holds {what}, so that it cannot be computed with. Take those rows out of it."
    if ("^" in mistake.line and "ufunc" in mistake.words) or "for ^:" in mistake.words:
        return "Python writes powers with **, as in x ** 2."
    if mistake.says(r"unsupported operand|can only concatenate|must be str") and "str" in mistake.words:
        return "A text and a number do not add up. print(a, b) shows both; float(…) makes a number of a text."
    if "NoneType" in mistake.words:
        return "One of these is None: a function without return gives that."
    if mistake.says(r"(unsupported operand|can't multiply|bad operand).*'list'"):
        return "Python computes with arrays, not with plain lists: array(…) makes one of a list."
    return None


@hint(TypeError)
def one_or_many(_: TypeError, mistake: Mistake) -> str | None:
    if mistake.says(r"'(int|float|numpy\.\w+)' object is not iterable"):
        return "A loop over a number needs range, as in for i in range(10):" if "for " in mistake.line else None
    if mistake.says(r"only (length-1|0-dimensional) arrays|only size-1 arrays"):
        return "This function takes one number and got an array. NumPy has one for arrays: from numpy import exp."
    return None


@hint(TypeError)
def wrong_call(_: TypeError, mistake: Mistake) -> str | None:
    if "not callable" in mistake.words:
        if mistake.says(r"'(ndarray|numpy\.\w+|float|int|tuple|list)'"):
            return "What stands before a ( is called as a function, and this is none. A comma or a * may be missing."
        if "module" in mistake.words:
            return "This is a module, not a function: name what you want of it, as in random.random(…)."
    if "not subscriptable" in mistake.words and mistake.says(r"function|method|type'"):
        return "Functions are called with ( ), not with [ ]."
    if mistake.calls("random") and "no arguments" in mistake.words:
        return "This is Python's own random. NumPy's takes a shape: from numpy import random."
    if mistake.calls("zeros", "ones", "empty", "full", "random") and mistake.says("argument|data type|integer"):
        return "A shape is one thing, in brackets of its own: random.random((3, 1))."
    if mistake.calls("array") and "argument" in mistake.words:
        return "array takes one thing, a list in brackets of its own: array([1, 2, 3])."
    if "missing" in mistake.words and "argument" in mistake.words:
        return "This function needs more values between its ( ) than it got."
    if mistake.says(r"takes .* arguments? but|at most|unexpected keyword"):
        return "This function does not take what it got between its ( )."
    return None


@hint(ZeroDivisionError)
def by_zero(_: ZeroDivisionError, mistake: Mistake) -> str:
    return "Nothing can be divided by 0. Which number after the / was 0 here?"


@hint(OverflowError)
def too_large(_: OverflowError, mistake: Mistake) -> str:
    if mistake.calls("exp"):
        return "exp of more than 709 is too large for a number. NumPy's exp gives inf instead: from numpy import exp."
    return "This number is too large for the computer."
