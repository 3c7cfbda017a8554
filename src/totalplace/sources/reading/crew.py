"""Processes divided off this one that do jobs for it, and answer over one socket.

The jobs lie in a socket from which all of them take, so that none waits while there is work. No
thread hands anything out or collects it: this process has its one thread for itself.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import pickle
import select
import signal
import socket
import struct
import warnings
from collections.abc import Callable
from multiprocessing.connection import wait
from typing import Any, Final

_LONGEST_JOB: Final = 16 * 2**10  # bytes; a longer one is done here
_PIECE: Final = 64 * 2**10  # bytes of an answer that are sent at once
_HEAD: Final = struct.Struct("<I?")  # an answer's number, and whether it goes on
_DIES_WITH_PARENT: Final = 1  # PR_SET_PDEATHSIG of Linux


class Crew:
    """So many processes for jobs; made while this one has no other thread, on Linux."""

    def __init__(self, count: int) -> None:
        self._jobs, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._answers, ours = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._jobs.setblocking(False)
        self._answers.setblocking(False)
        fork = multiprocessing.get_context("fork")
        mine = (self._jobs, self._answers)
        self._processes = [
            fork.Process(target=_work, args=(theirs, ours, mine), daemon=True) for _ in range(count)
        ]
        with warnings.catch_warnings():  # of threads that wait inside libraries, and hold nothing
            warnings.simplefilter("ignore", DeprecationWarning)
            for process in self._processes:
                process.start()
        theirs.close()
        ours.close()
        self._asked = 0
        self._awaited: set[int] = set()
        self._pieces: dict[int, list[bytes]] = {}
        self._answered: dict[int, bytes] = {}
        self._is_whole = True  # none of the processes was ended by others

    def ask(self, function: Callable[..., Any], *given: Any) -> Callable[[], Any]:
        """Have a function called that may be called twice; what is given back waits for its answer.

        What fails in another process, or cannot be asked of one, is done here when it is waited
        for, so that its error is raised whole.
        """
        number, self._asked = self._asked, self._asked + 1
        job = pickle.dumps((number, function, given), protocol=5)
        if len(job) > _LONGEST_JOB or not self._sent(job):
            return lambda: function(*given)
        self._awaited.add(number)

        def answer() -> Any:
            while number not in self._answered:
                if not self._receive():
                    return function(*given)
            is_well, found = pickle.loads(self._answered.pop(number))  # noqa: S301 - of our own
            return found if is_well else function(*given)

        return answer

    def close(self) -> None:
        """End the processes; what is under way is not waited for."""
        self._jobs.close()
        for process in self._processes:
            if self._awaited:
                process.kill()
            process.join()
            process.close()
        self._answers.close()

    def _sent(self, job: bytes) -> bool:
        """Put a job where the processes take from, taking in answers while there is no room."""
        while self._is_whole:
            try:
                self._jobs.send(job)
            except BlockingIOError:
                select.select([self._answers], [self._jobs], [])
                self._take()
            except OSError:  # all of them are gone
                self._give_up()
            else:
                return True
        return False

    def _receive(self) -> bool:
        """Wait for a piece of an answer; False where one of the processes is gone."""
        while self._is_whole:
            if self._take():
                return True
            ready = wait([self._answers, *(p.sentinel for p in self._processes)])
            if self._answers not in ready:
                self._give_up()
        return self._take()

    def _give_up(self) -> None:
        """End all, so that none still writes what is done here instead."""
        self._is_whole = False
        for process in self._processes:
            process.kill()
            process.join()

    def _take(self) -> bool:
        """Take in a piece of an answer, where one is there."""
        try:
            piece = self._answers.recv(_HEAD.size + _PIECE)
        except BlockingIOError:
            return False
        if not piece:
            return False
        number, goes_on = _HEAD.unpack_from(piece)
        before = self._pieces.pop(number, [])
        before.append(piece[_HEAD.size :])
        if goes_on:
            self._pieces[number] = before
        else:
            self._answered[number] = before[0] if len(before) == 1 else b"".join(before)
            self._awaited.discard(number)
        return True


def _work(jobs: socket.socket, answers: socket.socket, mine: tuple[socket.socket, ...]) -> None:
    """Do jobs until there are no more; end with the process that divided this one off."""
    ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # a table is read and forgotten: no rings of objects are made
    for end in mine:
        end.close()
    while job := jobs.recv(_LONGEST_JOB):
        number, function, given = pickle.loads(job)  # noqa: S301 - of our own process
        answer = _answer(function, given)
        for at in range(0, len(answer), _PIECE):
            goes_on = at + _PIECE < len(answer)
            answers.send(_HEAD.pack(number, goes_on) + answer[at : at + _PIECE])


def _answer(function: Callable[..., Any], given: tuple[Any, ...]) -> bytes:
    """What a function gives back, or that it failed."""
    try:
        return pickle.dumps((True, function(*given)), protocol=5)
    except Exception:  # noqa: BLE001 - it is done again by whoever asked, who has the error whole
        return pickle.dumps((False, None))
