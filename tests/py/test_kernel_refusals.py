"""What a kernel refuses, in sentences: too much memory, an engine that does not take it, no engine at all."""

import sys
from unittest import mock

import pytest
from kernel_tools import XOR, compiled, shape

from tenlines.errors import SettingError
from tenlines.problem import Problem
from tenlines.training.kernel import engine as kernel_engine
from tenlines.training.kernel.engine import CompiledEngine, kept_kernels, kernel_for
from tenlines.training.kernel.layout import Layout
from tenlines.training.run import Run


@pytest.fixture(autouse=True)
def no_kernels_of_other_tests():
    kept_kernels.clear()
    yield
    kept_kernels.clear()


def test_memory_beyond_the_limit_is_refused_with_the_bytes_before_anything_is_made():
    huge = shape(100, 64, 64, 10, rows=10**7)
    with mock.patch.object(kernel_engine, "compile_kernel") as compiling, pytest.raises(SettingError) as refusal:
        kernel_for(huge)
    assert f"{Layout(huge).bytes:,} bytes" in str(refusal.value)
    assert Layout(huge).bytes > 8 * 10**7 * (100 + 64 + 64 + 10)
    assert "fewer rows" in str(refusal.value)
    assert not compiling.called


def test_the_limit_holds_for_a_problem_and_not_below_it():
    wanted = Layout(compiled(XOR).kernel.layout.shape).bytes
    with mock.patch.object(kernel_engine, "MOST_BYTES", wanted - 1), pytest.raises(SettingError, match=f"{wanted:,} "):
        Run(Problem.from_dict(XOR), "compiled")
    with mock.patch.object(kernel_engine, "MOST_BYTES", wanted):
        Run(Problem.from_dict(XOR), "compiled")


@pytest.mark.parametrize("garbage", [b"", b"\0asm", b"\0asm\1\0\0\0\xff", b"not WebAssembly at all"])
def test_a_kernel_that_the_engine_refuses_is_a_sentence_and_the_next_try_starts_anew(garbage):
    problem = Problem.from_dict(XOR)
    with (
        mock.patch.object(kernel_engine, "compile_kernel", return_value=garbage),
        pytest.raises(RuntimeError, match=r"^WebAssembly refused the kernel: ."),
    ):
        CompiledEngine(problem)
    assert CompiledEngine(problem).frame().iteration == 0


def test_without_wasmtime_a_sentence_says_what_to_install():
    with (
        mock.patch.dict(sys.modules, wasmtime=None),
        pytest.raises(RuntimeError, match=r"pip install tenlines\[wasm\]"),
    ):
        CompiledEngine(Problem.from_dict(XOR))
