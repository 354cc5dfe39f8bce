"""Ctrl-C reaches every process of a terminal: the workers leave it to the command, which waits for none of them."""

import multiprocessing
import os
import signal
import time

import pytest

from api.cli.building import _workers

LONG = 600.0


@pytest.mark.skipif(os.cpu_count() == 1, reason="one processor builds without workers")
def test_workers_outlive_an_interrupt_and_go_with_the_command() -> None:
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        interrupt_two_workers()
    assert time.monotonic() - began < LONG / 10
    assert not multiprocessing.active_children()


def interrupt_two_workers() -> None:
    with _workers(2) as executor:
        assert executor is not None
        os.kill(executor.submit(os.getpid).result(), signal.SIGINT)
        assert executor.submit(abs, -1).result() == 1
        for _ in range(4):
            executor.submit(time.sleep, LONG)
        raise KeyboardInterrupt
