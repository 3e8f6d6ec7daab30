"""Stand-ins for three CI systems: what their published APIs say of listing builds, and nothing else.

Azure DevOps "Builds - List" (REST 7.1), GitHub "List workflow runs for a workflow" (2022-11-28), GitLab "List project
pipelines" (v4): their addresses, parameters, credentials, paging and forms of answers, served on this machine.
"""

import base64
import http.server
import json
import threading
import urllib.parse

TOKEN = "t0ken"


class Builds(http.server.ThreadingHTTPServer):
    """`builds` are (branch, commit) of successful builds, newest first; `answers` go before: (status, headers, body).

    GitHub lists the runs of a fork's pull request among those of the branch: `forks` has their commits.
    """

    def __init__(self, builds=(), page_size=100):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.builds, self.page_size = list(builds), page_size
        self.answers, self.requests, self.forks = [], [], []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def address(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def stop(self):
        self.shutdown()
        self.server_close()

    def variables(self, system):
        """The environment of a job."""
        return {
            "azure": {"SYSTEM_COLLECTIONURI": self.address + "/acme/", "SYSTEM_TEAMPROJECT": "big repo",
                      "SYSTEM_DEFINITIONID": "7", "BUILD_SOURCEBRANCH": "refs/heads/main",
                      "SYSTEM_ACCESSTOKEN": TOKEN},
            "github": {"GITHUB_API_URL": self.address, "GITHUB_REPOSITORY": "acme/big", "GITHUB_REF_NAME": "main",
                       "GITHUB_WORKFLOW_REF": "acme/big/.github/workflows/ci.yml@refs/heads/main",
                       "GITHUB_TOKEN": TOKEN},
            "gitlab": {"CI_API_V4_URL": self.address + "/api/v4", "CI_PROJECT_ID": "42", "CI_COMMIT_BRANCH": "main",
                       "GITLAB_TOKEN": TOKEN},
        }[system]  # fmt: skip


class _Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        url = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(url.query))
        self.server.requests.append(self.path)
        if self.server.answers:
            self.reply(*self.server.answers.pop(0))
        elif url.path.startswith("/acme/"):
            self.azure(url.path, query)
        elif url.path.startswith("/repos/"):
            self.github(url.path, query)
        else:
            self.gitlab(url.path, query)

    def reply(self, status, headers, body):
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def page(self, branch, first):
        commits = [commit for of, commit in self.server.builds if of == branch]
        return commits[first : first + self.server.page_size], first + self.server.page_size < len(commits)

    def azure(self, path, query):
        basic = "Basic " + base64.b64encode(b":" + TOKEN.encode()).decode()
        if self.headers["Authorization"] not in (f"Bearer {TOKEN}", basic):
            return self.reply(203, {"Content-Type": "text/html"}, b"<html>sign in</html>")
        asked = (path, query.get("definitions"), query.get("resultFilter"), query.get("queryOrder"))
        if asked != ("/acme/big%20repo/_apis/build/builds", "7", "succeeded", "finishTimeDescending"):
            return self.reply(404, {}, {"message": "not found"})
        first = int(query.get("continuationToken", "0"))
        commits, more = self.page(query["branchName"].removeprefix("refs/heads/"), first)
        headers = {"x-ms-continuationtoken": str(first + self.server.page_size)} if more else {}
        return self.reply(200, headers, {"count": len(commits), "value": [{"sourceVersion": one} for one in commits]})

    def github(self, path, query):
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            return self.reply(401, {}, {"message": "Bad credentials"})
        if path != "/repos/acme/big/actions/workflows/ci.yml/runs" or query.get("status") != "success":
            return self.reply(404, {}, {"message": "Not Found"})
        number = int(query["page"])
        commits, more = self.page(query["branch"], (number - 1) * self.server.page_size)
        link = f'<{self.server.address}{path}?per_page=100&page={number + 1}>; rel="next"'
        runs = [{"head_sha": one, "event": "pull_request", "head_repository": {"full_name": "fork/big"}}
                for one in self.server.forks]
        runs += [{"head_sha": one, "event": "push", "head_repository": {"full_name": "acme/big"}} for one in commits]
        return self.reply(200, {"Link": link} if more else {}, {"workflow_runs": runs})

    def gitlab(self, path, query):
        if self.headers["PRIVATE-TOKEN"] != TOKEN:
            return self.reply(401, {}, {"message": "401 Unauthorized"})
        if path != "/api/v4/projects/42/pipelines" or query.get("status") != "success":
            return self.reply(404, {}, {"message": "404 Project Not Found"})
        number = int(query["page"])
        commits, more = self.page(query["ref"], (number - 1) * self.server.page_size)
        return self.reply(200, {"x-next-page": str(number + 1) if more else ""}, [{"sha": one} for one in commits])
