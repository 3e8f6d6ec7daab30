#!/usr/bin/env python3
"""winnow status shows what lives, each chunk of it with a state of its own, and what has ended."""

import http.client
import json
import socket
import unittest

from daemon_case import DaemonCase, within


class UnixConnection(http.client.HTTPConnection):
    def __init__(self, path):
        super().__init__("winnow")
        self.path = str(path)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.connect(self.path)


class Status(DaemonCase):
    def submit(self, chunks):
        """A detached run of chunks, each a list of shell scripts."""
        self.winnow("daemon", "start")
        tests = [{"description": {"key": {"directory": name, "name": f"t{number}"}, "command": ["/bin/sh", "-c", script]},
                  "chunk": chunk}
                 for chunk, (name, scripts) in enumerate(chunks.items()) for number, script in enumerate(scripts)]
        request = {"project": "p", "build_dir": "/b", "tests": tests, "chunk_names": list(chunks), "jobs": 1,
                   "lease": "detached", "surroundings": {"environment": ["PATH=/usr/bin:/bin"],
                                                         "directory": str(self.root)}}
        connection = UnixConnection(self.root / "run" / "winnow" / "socket")
        connection.request("POST", "/v1/runs", json.dumps(request))
        response = connection.getresponse()
        body = response.read()
        connection.close()
        self.assertEqual(201, response.status, body)
        return json.loads(body)["run_id"]

    def chunk_lines(self):
        lines = [line.split() for line in self.winnow("status").stdout.splitlines() if line.startswith("    ")]
        return [line for line in lines if line[0] not in ("runs", "waits:", "ends")]

    def test_each_chunk_has_its_own_state(self):
        gate = "echo x > begun; while [ ! -e go ]; do sleep 0.02; done"
        self.submit({"alone": ["exit 1"]})
        self.assertTrue(within(30, lambda: self.newest_run()["state"] == "completed"))
        self.submit({"first": [gate, "true"], "second": ["true"]})
        self.wait_for_file("begun")
        shown = self.winnow("status").stdout
        self.assertIn("    runs now: first/t0\n", shown)
        self.assertEqual([["first", "running", "0/2", "done,", "0", "failed"],
                          ["second", "waiting", "0/1", "done,", "0", "failed"]], self.chunk_lines())
        (self.root / "go").touch()
        self.assertTrue(within(30, lambda: self.newest_run()["state"] == "completed"))
        states = {chunk["name"]: chunk["state"] for chunk in self.newest_run()["chunks"]}
        self.assertEqual({"first": "passed", "second": "passed"}, states)


if __name__ == "__main__":
    unittest.main()
