#!/usr/bin/env python3
"""kill -9 of the server at random moments under load: no acknowledged reading is lost, none is changed.

  killed_under_load.py CASTNER [KILLS] [SEED]

Four writers send moments of a hundred tags by HTTP as fast as the server takes them and note what was acknowledged. Some moments are
held back and fill their hole up to an hour later, some come twice, some are corrected, some of them in one and the same body. The server is killed 0.05 to 0.5 s after it began
to listen, started again, and at the end every acknowledged reading is asked for, tag by tag, no time of a tag is there twice, and the file is verified.
"""
import datetime, pathlib, random, re, subprocess, sys, tempfile, threading, time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from live_server import LiveServer

TAGS, WRITERS, START = 100, 4, 1_795_046_400  # s; 2026-11-19
HOUR = 3600                                   # moments: one a second, as time goes in the readings


def reading(writer, tag, k, version):
    """What a tag says at moment k, as it was first sent or corrected: a value that no neighbour shares, so that a mixed-up one is seen."""
    return (k * 7919 + tag * 104_729 + writer + version * 500_009) % 1_000_003 / 1000


class Writer(threading.Thread):
    def __init__(self, number, server, seed):
        super().__init__(daemon=True)
        self.number, self.server, self.random = number, server, random.Random(seed * WRITERS + number)
        self.versions = []       # by moment: how many are acknowledged, the last of them counts
        self.held = []           # (when, moment) still to be sent
        self.late = self.corrected = self.pairs = 0
        self.ends = False

    def run(self):
        while not self.ends:
            self.send(self.next_body())
        self.send([(k, 1) for _, k in self.held])  # so that in the end nothing is owed

    def next_body(self):
        """[(moment, version)]: the next one or its hole, what is due of the held ones, now and then an earlier one again."""
        k, body, chance = len(self.versions), [], self.random.random()
        self.versions.append(0)
        if chance < 0.04:
            self.held += [(k + self.random.choice((1, 20, 300, HOUR)), k)]
        elif chance < 0.05:  # an outage, filled at once when the line is back
            self.versions += [0] * 29
            self.held += [(k + self.random.choice((60, 600)), k + i) for i in range(30)]
        else:
            body.append((k, 1))
        due = [moment for when, moment in self.held if when <= k]
        self.held = [h for h in self.held if h[0] > k]
        self.late += len(due)
        body += [(moment, 1) for moment in due]
        earlier = self.random.randrange(max(0, k - 2 * HOUR), k + 1)
        if chance > 0.95 and 0 < self.versions[earlier] < 9:
            correct = chance > 0.97  # else it is sent a second time as it was
            self.corrected += correct
            body.append((earlier, self.versions[earlier] + correct))
        self.random.shuffle(body)
        if chance < 0.96 and self.random.random() < 0.1:  # a moment said twice in one body, the wrong value first
            body = [(moment, version) for moment, last in body for version in ((1, 2) if (moment, last) == (k, 1) else (last,))]
            self.pairs += body.count((k, 2))
        return body

    def send(self, body):
        lines = "".join(f"load{self.number}-{tag} value={reading(self.number, tag, k, version)} {(START + k) * 1000}\n"
                        for k, version in body for tag in range(TAGS))
        while lines and not self.server.write(lines, timeout=5):
            time.sleep(0.01)  # the same again, as a client must
        for k, version in body:
            self.versions[k] = version

    def compare(self):
        """(lost, changed, doubled) of all tags; what was sent and what is there are the same set when all are 0."""
        lost = changed = doubled = 0
        for tag in range(TAGS):
            found = {}
            for at, value in self.server.history(f"load{self.number}-{tag}", stamp(0), stamp(len(self.versions) + 1)):
                k = round(datetime.datetime.fromisoformat(at).timestamp()) - START
                doubled += k in found
                found[k] = value
            lost += sum(v > 0 and k not in found for k, v in enumerate(self.versions))
            changed += sum(value != reading(self.number, tag, k, self.versions[k]) for k, value in found.items())
        return lost, changed, doubled


def stamp(second):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(START + second))


def main():
    castner, kills, seed = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 25, int(sys.argv[3]) if len(sys.argv) > 3 else 20261123
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory(prefix="castner-") as folder:
        server = LiveServer(castner, folder)
        server.make_token()
        port = server.url.rsplit(":", 1)[1]
        server.file.write_text(server.file.read_text().replace("127.0.0.1:0", "127.0.0.1:" + port))
        writers = [Writer(k, server, seed) for k in range(WRITERS)]
        for w in writers:
            w.start()
        for n in range(kills):
            time.sleep(rng.uniform(0.05, 0.5))
            server.kill()
            server.start()
        time.sleep(0.5)
        for w in writers:
            w.ends = True
        for w in writers:
            w.join(60)
            assert not w.is_alive(), "a writer waits for ever"
        lost, changed, doubled = (sum(all_writers) for all_writers in zip(*(w.compare() for w in writers)))
        count = TAGS * sum(v > 0 for w in writers for v in w.versions)
        corrected, late, pairs = (TAGS * sum(getattr(w, what) for w in writers) for what in ("corrected", "late", "pairs"))
        code = server.stop()
        verified = subprocess.run([castner, "historian", "verify", str(pathlib.Path(folder) / "history.db")], capture_output=True, text=True)
        print(f"seed {seed}: {kills} kills, {count} readings acknowledged, {late} of them late, {corrected} corrections besides, {pairs} in the body of what "
              f"they correct; {lost} lost, {changed} changed, {doubled} doubled; the server stopped with {code}; {verified.stdout.strip()}")
        kept = re.search(r"(\d+) readings", verified.stdout)  # the old values of corrected ones are kept
        if count < kills * TAGS or not late or not corrected or not pairs or lost or changed or doubled or code or verified.returncode or int(kept[1]) < count + corrected + pairs:
            sys.exit(f"{verified.stdout}{verified.stderr}\n{server.log.read_text()[-3000:]}")


main()
