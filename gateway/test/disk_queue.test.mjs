// SPDX-License-Identifier: Apache-2.0
/// The store-and-forward queue: order, what survives an end without goodbye, the bound and its count.
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { DiskQueue } from "../lib/disk_queue.mjs";

let folder;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "castner-queue-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const record = (n, size = 100) => Buffer.from(String(n).padStart(size, "."));
const number = (data) => parseInt(data.toString().replaceAll(".", ""), 10);
function drain(queue) {
  const out = [];
  for (let r = queue.next(); r; r = queue.next()) out.push(number(r.data));
  return out;
}
const range = (from, to) => Array.from({ length: to - from }, (_, i) => from + i);

test("What was appended comes out in order, over many segments, and undelivered records come out again", () => {
  const queue = new DiskQueue(folder, 160000); // segments of 10 kB
  for (const n of range(0, 1000)) queue.append(record(n), 1);
  const first = range(0, 300).map(() => queue.next());
  for (const r of first.slice(0, 250)) queue.delivered(r);
  queue.rewind();
  assert.deepEqual(drain(queue), range(250, 1000));
  assert.equal(queue.drained, true);
  assert.equal(queue.empty, false);
  queue.close();
});

test("A process that ends without close loses nothing appended; delivered records may come once more", () => {
  const first = new DiskQueue(folder, 1e6);
  for (const n of range(0, 500)) first.append(record(n), 1);
  for (let i = 0; i < 100; i++) first.delivered(first.next());
  // no close(): as after kill -9
  const again = new DiskQueue(folder, 1e6);
  const left = drain(again);
  assert.ok(left[0] <= 100);
  assert.deepEqual(left, range(left[0], 500));
  again.close();
  first.close();
});

test("After close the next start continues where delivery stopped, and all delivered is empty", () => {
  const first = new DiskQueue(folder, 1e6);
  for (const n of range(0, 50)) first.append(record(n), 1);
  for (let i = 0; i < 20; i++) first.delivered(first.next());
  first.close();
  const second = new DiskQueue(folder, 1e6);
  second.append(record(50), 1);
  const seen = [];
  for (let r = second.next(); r; r = second.next()) {
    seen.push(number(r.data));
    second.delivered(r);
  }
  assert.deepEqual(seen, range(20, 51));
  assert.equal(second.empty, true);
  second.close();
  const third = new DiskQueue(folder, 1e6);
  assert.equal(third.next(), null);
  third.close();
});

test("A record cut by a power failure ends its segment there; what stands before it comes out, what comes after it too", () => {
  const first = new DiskQueue(folder, 1e6);
  for (const n of range(0, 10)) first.append(record(n), 1);
  first.close();
  const file = path.join(
    folder,
    fs
      .readdirSync(folder)
      .filter((f) => f.endsWith(".log"))
      .sort()[0],
  );
  for (const cut of [1, 105, 60]) {
    fs.truncateSync(file, fs.statSync(file).size - cut);
    const events = [];
    const queue = new DiskQueue(folder, 1e6, (event) => events.push(event));
    assert.deepEqual(events, ["queue_cut"]);
    queue.close();
  }
  const bytes = fs.readFileSync(file);
  bytes[bytes.length - 5] ^= 1; // and a bit that flipped
  fs.writeFileSync(file, bytes);
  const queue = new DiskQueue(folder, 1e6);
  queue.append(record(99), 1);
  assert.deepEqual(drain(queue), [...range(0, 6), 99]);
  queue.close();
});

test("The bound holds, the oldest go first, and the count of what is gone is exact", () => {
  const queue = new DiskQueue(folder, 100000);
  let taken = 0;
  for (const n of range(0, 5000)) {
    queue.append(record(n), 3);
    if (n % 10 === 0) {
      queue.delivered(queue.next());
      taken++;
    }
    assert.ok(queue.bytes <= 100000);
  }
  const left = drain(queue);
  assert.deepEqual(left, range(5000 - left.length, 5000));
  queue.rewind();
  assert.equal(taken * 3 + left.length * 3 + queue.dropped, 5000 * 3);
  assert.ok(left.length > 700 && queue.dropped > 9000);
  queue.close();
});

test("A folder that cannot be written drops and counts, and does not throw", () => {
  const events = [];
  const queue = new DiskQueue(folder, 1e6, (event) => events.push(event));
  queue.append(record(0), 1);
  const write = fs.writeSync;
  fs.writeSync = () => {
    throw Object.assign(new Error("no space left"), { code: "ENOSPC" });
  };
  try {
    queue.append(record(1), 7);
  } finally {
    fs.writeSync = write;
  }
  assert.equal(queue.dropped, 7);
  assert.deepEqual(events, ["queue_write_failed"]);
  queue.append(record(2), 1);
  assert.deepEqual(drain(queue), [0, 2]);
  queue.close();
});
