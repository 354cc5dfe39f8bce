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
    with pytest.raises(KeyboardInterrupt), _workers(2) as executor:
        assert executor is not None
        worker = executor.submit(os.getpid).result()
        os.kill(worker, signal.SIGINT)
        assert executor.submit(abs, -1).result() == 1
        jobs = [executor.submit(time.sleep, LONG) for _ in range(4)]
        raise KeyboardInterrupt
    assert time.monotonic() - began < LONG / 10
    assert not multiprocessing.active_children()
    assert not any(job.done() and job.exception() is None for job in jobs if not job.cancelled())
