"""Writes what ninja leaves of a finished build: .ninja_log (version 5) and .ninja_deps (version 4)."""

import array
import os
import struct

_MASK = 0xFFFFFFFFFFFFFFFF
_FACTOR = 0xC6A4A7935BD1E995
_DEPS_BIT = 0x80000000


def command_hash(command):
    """MurmurHash64A with ninja's seed, by which it tells that a command changed."""
    data = command.encode()
    value = 0xDECAFBADDECAFBAD ^ (len(data) * _FACTOR & _MASK)
    whole = len(data) // 8
    for word in struct.unpack_from(f"<{whole}Q", data):
        word = word * _FACTOR & _MASK
        word = (word ^ (word >> 47)) * _FACTOR & _MASK
        value = (value ^ word) * _FACTOR & _MASK
    if tail := data[8 * whole :]:
        value = (value ^ int.from_bytes(tail, "little")) * _FACTOR & _MASK
    value = (value ^ (value >> 47)) * _FACTOR & _MASK
    return value ^ (value >> 47)


def write_log(path, commands):
    """`commands` gives the command that made each output; the outputs exist beside `path`."""
    with open(path, "w", encoding="utf-8") as log:
        log.write("# ninja log v5\n")
        for number, (output, command) in enumerate(commands.items()):
            mtime = os.stat(path.parent / output).st_mtime_ns
            log.write(f"{number}\t{number + 1}\t{mtime}\t{output}\t{command_hash(command):x}\n")


class DepsLog:
    """Appends records of what each object read."""

    def __init__(self, path):
        self._directory = path.parent
        self._file = open(path, "wb")
        self._file.write(b"# ninjadeps\n" + struct.pack("<i", 4))
        self._ids = {}

    def close(self):
        self._file.close()

    def ids(self, paths):
        """Numbers of the paths, for add()."""
        return [self._id(path) for path in paths]

    def _id(self, path):
        if path not in self._ids:
            number = self._ids[path] = len(self._ids)
            name = path.encode()
            name += b"\0" * (-len(name) % 4)
            self._file.write(struct.pack("<I", len(name) + 4) + name + struct.pack("<I", ~number & 0xFFFFFFFF))
        return self._ids[path]

    def add(self, output, inputs):
        """`inputs` are numbers from ids()."""
        mtime = os.stat(self._directory / output).st_mtime_ns
        own = self._id(output)
        record = struct.pack("<IQ", own, mtime) + array.array("I", inputs).tobytes()
        self._file.write(struct.pack("<I", len(record) | _DEPS_BIT) + record)


def rebuild(build, output, program):
    """Leaves what ninja leaves when it makes one object and its program again: newer files and repeated records."""
    log = (build / ".ninja_deps").read_bytes()
    at, names, newest = 16, [], None
    while at < len(log):
        (head,) = struct.unpack_from("<I", log, at)
        size = head & ~_DEPS_BIT
        if not head & _DEPS_BIT:
            names.append(log[at + 4 : at + size].rstrip(b"\0").decode())
        elif names[struct.unpack_from("<I", log, at + 4)[0]] == output:
            newest = log[at : at + 4 + size]
        at += 4 + size
    for made in (output, program):
        (build / made).touch()
    mtime = struct.pack("<Q", os.stat(build / output).st_mtime_ns)
    with open(build / ".ninja_deps", "ab") as file:
        file.write(newest[:8] + mtime + newest[16:])
    with open(build / ".ninja_log", "r+", encoding="utf-8") as file:
        again = [line for line in file if line.split("\t")[3:4] in ([output], [program])]
        file.writelines(again)
