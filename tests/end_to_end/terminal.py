"""A program at a terminal of its own: what it shows, and what is typed."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios


class Terminal:
    """The program's standard streams are the terminal, which is also its controlling one."""

    def __init__(self, command, environment, columns=80):
        self.master, program_side = pty.openpty()
        fcntl.ioctl(program_side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        self.process = subprocess.Popen(
            [str(word) for word in command], env=environment, stdin=program_side, stdout=program_side,
            stderr=program_side, start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        os.close(program_side)
        self.shown = ""

    def close(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self.master)

    def press_control_c(self):
        os.write(self.master, termios.tcgetattr(self.master)[6][termios.VINTR])

    def read_until(self, pattern):
        """Reads on until what was shown matches; the match, or None if the program ended before."""
        while True:
            found = re.search(pattern, self.shown)
            if found or not self._read():
                return found

    def read_to_end(self):
        """All that was shown, every control sequence of it."""
        while self._read():
            pass
        return self.shown

    def _read(self):
        try:
            read = os.read(self.master, 4096)
        except OSError:  # nobody has the other side any more
            return False
        self.shown += read.decode()
        return bool(read)


def screen_of(shown):
    """The lines that stand in the end, for a program that only goes to a line's start and clears its rest."""
    lines, column = [""], 0
    for part in re.findall(r"\r|\n|\x1b\[K|[^\r\n\x1b]+|\x1b", shown):
        if part == "\r":
            column = 0
        elif part == "\n":
            lines.append("")
        elif part == "\x1b[K":
            lines[-1] = lines[-1][:column]
        else:
            lines[-1] = lines[-1][:column] + part + lines[-1][column + len(part):]
            column += len(part)
    return lines
