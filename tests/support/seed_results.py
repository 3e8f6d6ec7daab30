"""Results as JSON lines, resumable by seed."""

import json


class SeedResults:
    """A file to which the records of each finished seed are appended; `identity` names what was measured."""

    def __init__(self, path, identity):
        self.path = path
        self.identity = identity
        self.records = []
        self.finished = set()
        if path and path.exists():
            for line in path.read_text().splitlines():
                record = json.loads(line)
                if record["measured"] == identity:
                    self._take(record)

    def append(self, seed, records):
        """A seed counts as done with its last line, so that an interrupted one is done again."""
        lines = [record | {"measured": self.identity} for record in records]
        lines.append({"measured": self.identity, "finished": seed})
        for record in lines:
            self._take(record)
        if self.path:
            with self.path.open("a") as file:
                file.write("".join(json.dumps(record) + "\n" for record in lines))

    def _take(self, record):
        if "finished" in record:
            self.finished.add(record["finished"])
        else:
            self.records.append(record)

    def complete(self):
        """The records of finished seeds."""
        return [record for record in self.records if record["seed"] in self.finished]
