#!/usr/bin/env python3
"""Small bodies that hold a great deal: one line of 16 million states, JSON lists of 10 million numbers, workbooks of 40 million rows or cells,
tables of a million columns or tags. Each is refused in one sentence, and none takes the server's memory.

  small_bodies.py CASTNER
"""
import gzip, io, json, pathlib, re, sys, tempfile, threading, urllib.error, urllib.request, zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "support"))
from live_server import LiveServer

MOST_MEMORY = 800  # [MB]; what they hold would be gigabytes


def workbook(sheet, strings=b"<sst/>"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as book:
        book.writestr("xl/workbook.xml", '<workbook xmlns:r="r"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>')
        book.writestr("xl/_rels/workbook.xml.rels", '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>')
        book.writestr("xl/sharedStrings.xml", strings)
        book.writestr("xl/worksheets/sheet1.xml", b"<worksheet><sheetData>" + sheet + b"</sheetData></worksheet>")
    return out.getvalue()


N = 10_000_000
TIME = b"\n2026-01-01T00:00:00Z"
PUSHED = {
    "one line of states": ("/api/v1/write", b"m " + b"a=t," * 16_000_000 + b"a=t 1795305600000000000\n", "more than 1048576 readings"),
    "one line of texts": ("/api/v1/write", b"m " + b'a="",' * N + b'a="" 1795305600000000000\n', "more than 1048576 readings"),
    "new series, each with a fault": ("/api/v1/write", b"".join(b"%x b\n" % k for k in range(5_000_000)), "a field without key=value"),
    "JSON values": ("/api/v1/samples", b'{"series":[{"tag":"x","times":[],"values":[' + b"1," * N + b"1]}]}", "more than 1048576 readings"),
    "JSON times": ("/api/v1/samples", b'{"series":[{"tag":"x","values":[],"times":[' + b"1795046400000000000," * 2_500_000 + b"1795046400000000000]}]}", "more than 1048576 readings"),
    "JSON qualities": ("/api/v1/samples", b'{"series":[{"tag":"x","quality":[' + b'"bad",' * N + b'"bad"]}]}', "more than 1048576 readings"),
    "JSON series": ("/api/v1/samples", b'{"series":[' + b"{}," * N + b"{}]}", "has no tag"),
}
FILES = {
    "rows.xlsx": (workbook(b"<row/>" * 40_000_000), "unpacks to"),
    "some_rows.xlsx": (workbook(bytes(b"<row r='1' x='%d'/>" % 7) * 3_000_000 + b"<row/>" * N), ""),
    "cells.xlsx": (workbook(b"<row r='1'>" + b"<c/>" * 15_000_000 + b"</row>"), ""),
    "strings.xlsx": (workbook(b"", b"<sst>" + b"<si/>" * 20_000_000 + b"</sst>"), ""),
    "commas.csv": (b"time" + b"," * 2_000_000 + b"\n", "has more than 16384 cells"),
    "names.csv": (b"time" + b"".join(b",c%d" % k for k in range(1_200_000)) + TIME + b",1" * 1_200_000 + b"\n", "is longer than 4 MiB"),
    "wide_rows.csv": (b"time,a" + (TIME + b",1" * 2_000_000) * 3 + b"\n", "has more than 16384 cells"),
    "tags.csv": (b"time,tag,value" + b"".join(TIME + b",t%d,1" % k for k in range(400_000)), "has more than 100000 tags"),
    "snapshot.csv": (b"tag,value\n" + b"".join(b"t%d,1\n" % k for k in range(1_000_000)), "has more than 100000 tags"),
}

with tempfile.TemporaryDirectory(prefix="castner-") as folder, LiveServer(sys.argv[1], folder) as server:

    def peak():
        status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024

    def refused(path, body, kind, packed):
        request = server.request(path, body, kind)
        if packed:
            request.add_header("Content-Encoding", "gzip")
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()

    def check(name, status, text, why):
        assert status == 400 and why in text, (name, status, text[:300])
        assert peak() < MOST_MEMORY, f"{name}: {peak():.0f} MB"

    server.start()  # the page Start of a server without accounts is open to all
    for name, (body, why) in FILES.items():
        assert len(body) < 16e6, (name, len(body))
        check(name, *refused(f"/api/v1/start/read?name={name}&timezone=UTC", body, "application/octet-stream", False), why)
    files = peak()
    server.stop()
    server.make_token()
    for name, (path, body, why) in PUSHED.items():
        body = gzip.compress(body, 6)
        answers = []
        senders = [
            threading.Thread(target=lambda: answers.append(refused(path, body, "application/json" if "samples" in path else "text/plain", True)))
            for _ in range(2)
        ]
        for sender in senders:
            sender.start()
        for sender in senders:
            sender.join()
        assert len(answers) == 2, (name, answers)
        for status, text in answers:
            check(name, status, text, why)
    print(f"{len(FILES) + len(PUSHED)} bodies, packed or not: all refused, at most {max(files, peak()):.0f} MB")
    assert server.health() == (200, "ok") and server.stop() == 0
