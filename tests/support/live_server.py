"""A `castner serve` for the time of a test, on loopback, and a client that may do what an engineer may."""
import json, os, pathlib, signal, subprocess, time, urllib.error, urllib.parse, urllib.request

PASSWORD = "a password for tests only"


class LiveServer:
    """@param folder  gets castner.toml, the history and the records; kept between starts"""

    def __init__(self, castner, folder, configuration=""):
        self.castner, self.folder = str(pathlib.Path(castner).resolve()), pathlib.Path(folder)
        self.file = self.folder / "castner.toml"
        self.log = self.folder / "server.log"
        self.token = None
        self.process = None
        if not self.file.exists():
            self.file.write_text('[server]\nlisten = "127.0.0.1:0"\n[historian]\nurl = "sqlite:history.db"\n' + configuration)

    def make_token(self):
        """An account by the command line, a token by signing in: as an administrator would."""
        subprocess.run([self.castner, "account", "add", "root", "--role", "administrator", "--config", str(self.file)],
                       input=PASSWORD + "\n", text=True, check=True, capture_output=True)
        self.start()
        with urllib.request.urlopen(self.as_root("/api/v1/tokens", json.dumps({"name": "test", "role": "engineer"}).encode()), timeout=20) as answer:
            self.token = json.load(answer)["token"]

    def as_root(self, path, body=None, method=None):
        """A request of the administrator, who signs in for it."""
        kind = {"Content-Type": "application/json", "Origin": self.url}
        request = urllib.request.Request(self.url + "/api/v1/session", json.dumps({"name": "root", "password": PASSWORD}).encode(), kind)
        with urllib.request.urlopen(request, timeout=20) as answer:
            cookie, csrf = answer.headers["Set-Cookie"].split(";")[0], json.load(answer)["csrf"]
        return urllib.request.Request(self.url + path, body, kind | {"Cookie": cookie, "X-CSRF-Token": csrf}, method=method)

    def start(self, wait=30, preexec=None):
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen([self.castner, "serve", str(self.file)], stdout=subprocess.PIPE, stderr=log, text=True, preexec_fn=preexec)
        line = self.process.stdout.readline()  # it says where it listens, or ends
        if "http" not in line:
            raise RuntimeError(f"castner serve ended: {self.process.wait(wait)}\n{self.log.read_text()}")
        self.url = next(w for w in line.split() if w.startswith("http")).rstrip("/")
        return self

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.process.stdout.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process and self.process.poll() is None:
            self.kill()

    def stop(self):
        self.process.terminate()
        code = self.process.wait(30)
        self.process.stdout.close()
        return code

    def request(self, path, body=None, kind="text/plain"):
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if body is not None:
            headers["Content-Type"] = kind
        return urllib.request.Request(self.url + path, body.encode() if isinstance(body, str) else body, headers)

    def get(self, path, timeout=20):
        with urllib.request.urlopen(self.request(path), timeout=timeout) as answer:
            return json.load(answer)

    def text(self, path):
        with urllib.request.urlopen(self.request(path), timeout=20) as answer:
            return answer.read().decode()

    def write(self, lines, timeout=20):
        """Line protocol with times in ms. True when the server said that every reading is durable."""
        try:
            with urllib.request.urlopen(self.request("/api/v1/write?precision=ms", lines), timeout=timeout) as answer:
                return answer.status == 204
        except (urllib.error.URLError, ConnectionError, TimeoutError, OSError):
            return False

    def source(self, name):
        """A source as the page Sources shows it."""
        return next(s for s in self.get("/api/v1/sources")["sources"] if s["name"] == name)

    def gaps(self, tag, start="now-1h"):
        query = urllib.parse.urlencode({"tag": tag, "from": start})
        return self.get("/api/v1/gaps?" + query)["gaps"]

    def health(self):
        """Status and word of /healthz: (200, "ok") or (503, what is unwell)."""
        try:
            with urllib.request.urlopen(self.url + "/healthz", timeout=20) as answer:
                return answer.status, json.load(answer)["status"]
        except urllib.error.HTTPError as answer:
            return answer.code, json.load(answer)["status"]

    def resident(self):
        """Memory in use [MB]."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024

    def verify(self):
        """What `castner historian verify` says of the history; fails where it is not sound."""
        done = subprocess.run([self.castner, "historian", "verify", str(self.folder / "history.db")], capture_output=True, text=True, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    def history(self, tag, start, end):
        """Every reading of a tag, [(time, value)], page by page."""
        found = []
        while start:
            query = urllib.parse.urlencode({"tag": tag, "from": start, "to": end, "limit": 100000})
            series = self.get("/api/v1/history?" + query)["series"][0]
            found += zip(series["times"], series["values"])
            start = series["next"]
        return found
