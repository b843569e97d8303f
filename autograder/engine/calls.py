"""System calls that no notebook needs, and that the wall's other parts do not hold.

They make memory that belongs to no process or file and so is under no limit, leave something in
the kernel, or open parts of it that are known for their holes. A filter of the kernel's refuses
them with the error `EPERM`, for a process and all that it will ever start.
"""

from __future__ import annotations

import ctypes
import platform
import struct

REFUSED = {  # on x86-64, and on ARM64
    # memory that belongs to no process
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194),
    "msgget": (68, 186), "semget": (64, 190),
    # the kernel's keyrings, which outlive a process
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    # other worlds
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39),
    "pivot_root": (155, 41), "open_tree": (428, 428), "move_mount": (429, 429),
    "fsopen": (430, 430), "fsmount": (432, 432), "mount_setattr": (442, 442),
    "open_by_handle_at": (304, 265),
    # other processes
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    # parts of the kernel that nothing here uses
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425),
}  # fmt: skip
MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}  # column, and its audit number
MMAP = (9, 222)
SOCKET = (41, 198)
FAMILIES = (1, 2, 10, 16)  # UNIX, INET, INET6, NETLINK, each in this world's own network
SHARED, ANONYMOUS = 0x01, 0x20  # flags of mmap
OTHER_TABLE = 0x40000000  # x32's numbers, on x86-64
NUMBER, MACHINE, FIRST, FLAGS = 0, 4, 16, 16 + 3 * 8  # where they stand in what the filter sees
LOAD, IS, AT_LEAST, HAS, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
ALLOW, REFUSE = 0x7FFF0000, 0x00050001  # the latter is EPERM
PR_SET_SECCOMP, FILTER = 22, 2


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def refuse(libc: ctypes.CDLL) -> bool:
    """Put the filter on. It takes that the process can't gain privileges. False: not done."""
    steps = program(platform.machine())
    held = _Program(len(steps) // 8, steps)
    return bool(steps) and libc.prctl(PR_SET_SECCOMP, FILTER, ctypes.byref(held), 0, 0) == 0


def program(machine: str) -> bytes:
    """The filter for a kind of machine, in the kernel's language; empty for one that is not known.

    A step is a code, how many steps to skip if it is so and if not, and a number.
    """
    if machine not in MACHINES:
        return b""
    column, audit = MACHINES[machine]
    steps = [(LOAD, 0, 0, MACHINE), (IS, 1, 0, audit), (RETURN, 0, 0, REFUSE)]
    steps += [(LOAD, 0, 0, NUMBER), (AT_LEAST, 0, 1, OTHER_TABLE), (RETURN, 0, 0, REFUSE)]
    for numbers in REFUSED.values():
        steps += [(IS, 0, 1, numbers[column]), (RETURN, 0, 0, REFUSE)]
    # a socket that leads out of this world: to the machine that this one runs on, say
    steps += [(IS, 0, len(FAMILIES) + 3, SOCKET[column]), (LOAD, 0, 0, FIRST)]
    steps += [(IS, len(FAMILIES) - n, 0, family) for n, family in enumerate(FAMILIES)]
    steps += [(RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]
    # a shared mapping of no file
    steps += [(IS, 0, 4, MMAP[column]), (LOAD, 0, 0, FLAGS), (HAS, 0, 2, ANONYMOUS)]
    steps += [(HAS, 0, 1, SHARED), (RETURN, 0, 0, REFUSE), (RETURN, 0, 0, ALLOW)]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)
