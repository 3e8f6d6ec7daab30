"""Cgroups with limits, made where this user may make them: v1 below our own, or v2 with its controllers."""

import os
import pathlib
import time


def own_directory(controller):
    """Of our own group in the hierarchy with the controller, and whether it is of v2; None if there is none."""
    mounts = {}
    for line in pathlib.Path("/proc/self/mountinfo").read_text().splitlines():
        before, _, behind = line.partition(" - ")
        kind, _, options = behind.split(" ", 2)
        if kind == "cgroup2" or (kind == "cgroup" and controller in options.split(" ")[-1].split(",")):
            mounts[kind] = (before.split()[3], before.split()[4])
    paths = {}
    for line in pathlib.Path("/proc/self/cgroup").read_text().splitlines():
        _, controllers, path = line.split(":", 2)
        paths["cgroup" if controller in controllers.split(",") else "cgroup2" if not controllers else ""] = path
    for kind in ("cgroup", "cgroup2"):
        if kind in mounts and kind in paths:
            root, point = mounts[kind]
            directory = pathlib.Path(point + (paths[kind].removeprefix(root) if root != "/" else paths[kind]))
            return (directory if directory.is_dir() else pathlib.Path(point)), kind == "cgroup2"
    return None


class LimitedGroup:
    """For `with`; OSError where no group can be made or its limits cannot be set."""

    def __init__(self, controller):
        found = own_directory(controller)
        if found is None:
            raise OSError(f"no cgroup hierarchy with {controller}")
        above, self._is_v2 = found
        self.path = above / f"winnow-{controller}-{os.getpid()}"
        self.path.mkdir()
        if self._is_v2 and not (self.path / f"{controller}.max").exists():
            self.path.rmdir()
            raise OSError(f"{above} does not hand {controller} on")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for _ in range(500):  # the kernel may need a moment to see that nobody is in it
            try:
                self.path.rmdir()
                return
            except OSError:
                time.sleep(0.01)

    def enter(self):
        """Moves the calling process there: for preexec_fn."""
        (self.path / "cgroup.procs").write_text(str(os.getpid()))

    def _first(self, *names):
        return next(self.path / name for name in names if (self.path / name).exists())

    def limit_memory(self, megabytes):
        self._first("memory.max", "memory.limit_in_bytes").write_text(str(megabytes << 20))
        swap = self.path / "memory.swap.max"
        if swap.exists():
            swap.write_text("0")

    def limit_cpus(self, cpus):
        if self._is_v2:
            (self.path / "cpu.max").write_text(f"{int(cpus * 100000)} 100000")
        else:
            (self.path / "cpu.cfs_quota_us").write_text(str(int(cpus * 100000)))

    def oom_kills(self):
        lines = self._first("memory.events", "memory.oom_control").read_text().splitlines()
        return sum(int(line.split()[1]) for line in lines if line.split()[0] == "oom_kill")
