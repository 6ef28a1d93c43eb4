// SPDX-License-Identifier: Apache-2.0
/// Records in order on disk until someone says they are delivered: bounded, and what did not fit is counted.
///
/// A folder of segment files 0000000001.log, ...; a record is its length, the CRC-32 of its bytes, its weight (how many
/// samples it holds) and its bytes. `delivered` holds where the first undelivered record begins. A record that a kill
/// or a power cut left half written ends its segment there. Written is safe from a kill of this process; from a power
/// cut after at most a second.
import fs from "node:fs";
import path from "node:path";
import { crc32 } from "node:zlib";

const HEAD = 12;

export class DiskQueue {
  #folder;
  #limit;
  #segmentLimit;
  #segments = []; // {id, bytes, weight: samples that were undelivered at open, and all since}, oldest first
  #head; // first undelivered record: {id, at}
  #next; // first record not yet handed out
  #tail = null; // descriptor of the newest segment, open for writing
  #reader = { id: -1, fd: -1 };
  #deliveredWeight = 0; // of the head's segment, of what its `weight` counts
  #unsynced = false;
  #headMoved = false;
  #timer;
  #onProblem;
  dropped = 0; // samples that never will be delivered, since open()

  /** @param limit bytes on disk; the oldest segment makes room. @param onProblem (event, fields): for the log */
  constructor(folder, limit, onProblem = () => {}) {
    this.#folder = folder;
    this.#limit = limit;
    this.#segmentLimit = Math.max(4096, Math.floor(limit / 16));
    this.#onProblem = onProblem;
    fs.mkdirSync(folder, { recursive: true });
    this.#open();
    this.#timer = setInterval(() => this.#sync(), 1000);
    this.#timer.unref();
  }

  #file(id) {
    return path.join(this.#folder, String(id).padStart(10, "0") + ".log");
  }

  #open() {
    const ids = fs
      .readdirSync(this.#folder)
      .filter((name) => /^\d{10}\.log$/.test(name))
      .map((name) => parseInt(name, 10))
      .sort((a, b) => a - b);
    this.#head = this.#readHead();
    for (const id of ids) {
      const segment = id < this.#head.id ? { bytes: 0 } : this.#scan(id);
      if (segment.bytes) this.#segments.push(segment);
      else fs.unlinkSync(this.#file(id));
    }
    // An id is never used twice: `delivered` on disk may be a second old and must not speak of new bytes.
    if (this.#segments[0]?.id !== this.#head.id) this.#head = { id: this.#segments[0]?.id ?? this.#head.id + 1, at: 0 };
    this.#next = { ...this.#head };
    this.#roll();
  }

  #readHead() {
    try {
      const { id, at } = JSON.parse(fs.readFileSync(path.join(this.#folder, "delivered"), "utf8"));
      if (Number.isSafeInteger(id) && Number.isSafeInteger(at) && id >= 0 && at >= 0) return { id, at };
    } catch {
      /* none yet, or a power cut: then everything that is still there is sent again */
    }
    return { id: 0, at: 0 };
  }

  /** The whole records of a segment; what follows them is cut off. */
  #scan(id) {
    const data = fs.readFileSync(this.#file(id));
    let at = 0,
      weight = 0;
    for (;;) {
      const record = parse(data, at);
      if (!record) break;
      if (id > this.#head.id || at >= this.#head.at) weight += record.weight;
      at += HEAD + record.data.length;
    }
    if (at < data.length) {
      this.#onProblem("queue_cut", { file: this.#file(id), bytes: data.length - at });
      fs.truncateSync(this.#file(id), at);
    }
    return { id, bytes: at, weight };
  }

  /** Opens a new segment for writing. */
  #roll() {
    if (this.#tail !== null) {
      this.#sync();
      fs.closeSync(this.#tail);
    }
    const id = (this.#segments.at(-1)?.id ?? this.#head.id - 1) + 1;
    this.#tail = fs.openSync(this.#file(id), "a");
    this.#segments.push({ id, bytes: 0, weight: 0 });
  }

  get bytes() {
    return this.#segments.reduce((sum, s) => sum + s.bytes, 0);
  }
  #nothingAfter(place) {
    return this.#segments.every((s) => s.id < place.id || s.bytes <= (s.id === place.id ? place.at : 0));
  }
  /** True when every record has been handed out (not: delivered). */
  get drained() {
    return this.#nothingAfter(this.#next);
  }
  /** True when every record is delivered. */
  get empty() {
    return this.#nothingAfter(this.#head);
  }

  /** The place behind the newest record, as `end` of a record is. */
  get end() {
    const { id, bytes } = this.#segments.at(-1);
    return { id, at: bytes };
  }

  /** Adds a record of `weight` samples. On a full disk the oldest segment makes room once; then the record is dropped and counted. */
  append(data, weight) {
    const head = Buffer.alloc(HEAD);
    head.writeUInt32LE(data.length, 0);
    head.writeUInt32LE(crc32(data), 4);
    head.writeUInt32LE(weight, 8);
    const record = Buffer.concat([head, data]);
    for (const last of [false, true]) {
      try {
        if (this.#segments.at(-1).bytes >= this.#segmentLimit) this.#roll();
        while (this.bytes + record.length > this.#limit && this.#segments.length > 1) this.#dropOldest("limit");
        this.#write(record);
        this.#segments.at(-1).weight += weight;
        return;
      } catch (error) {
        if (last || this.#segments.length === 1 || error.code !== "ENOSPC") {
          this.dropped += weight;
          this.#onProblem("queue_write_failed", { samples: weight, error });
          return;
        }
        this.#dropOldest("disk full");
      }
    }
  }

  #write(record) {
    const segment = this.#segments.at(-1);
    try {
      for (let done = 0; done < record.length;) done += fs.writeSync(this.#tail, record, done);
    } catch (error) {
      fs.ftruncateSync(this.#tail, segment.bytes); // no half record before the next one
      throw error;
    }
    segment.bytes += record.length;
    this.#unsynced = true;
  }

  #dropOldest(why) {
    const { id, weight } = this.#segments.shift();
    const undelivered = weight - (id === this.#head.id ? this.#deliveredWeight : 0);
    this.dropped += undelivered;
    this.#forget(id);
    const first = { id: this.#segments[0].id, at: 0 };
    if (this.#head.id <= id) {
      this.#head = { ...first };
      this.#headMoved = true;
    }
    if (this.#next.id <= id) this.#next = { ...first };
    if (undelivered) this.#onProblem("queue_dropped", { samples: undelivered, why });
  }

  #forget(id) {
    if (this.#reader.id === id) {
      fs.closeSync(this.#reader.fd);
      this.#reader = { id: -1, fd: -1 };
    }
    fs.unlinkSync(this.#file(id));
    this.#deliveredWeight = 0;
  }

  /** The next record not yet handed out, {data, weight, end}, or null. `end` is for delivered(). */
  next() {
    for (;;) {
      const index = this.#segments.findIndex((s) => s.id === this.#next.id);
      const segment = this.#segments[index];
      if (this.#next.at < segment.bytes) break;
      if (index === this.#segments.length - 1) return null;
      this.#next = { id: this.#segments[index + 1].id, at: 0 };
    }
    const { id, at } = this.#next;
    if (this.#reader.id !== id) {
      if (this.#reader.fd >= 0) fs.closeSync(this.#reader.fd);
      this.#reader = { id, fd: fs.openSync(this.#file(id), "r") };
    }
    const head = Buffer.alloc(HEAD);
    fs.readSync(this.#reader.fd, head, 0, HEAD, at);
    const data = Buffer.alloc(head.readUInt32LE(0));
    fs.readSync(this.#reader.fd, data, 0, data.length, at + HEAD);
    this.#next = { id, at: at + HEAD + data.length };
    return { data, weight: head.readUInt32LE(8), end: { ...this.#next } };
  }

  /** Everything up to `record` (from next()) has reached the other side. */
  delivered({ end, weight }) {
    if (!isAfter(end, this.#head)) return; // dropped meanwhile
    while (this.#segments[0].id < end.id) this.#forget(this.#segments.shift().id);
    this.#deliveredWeight += weight;
    this.#head = { ...end };
    this.#headMoved = true;
  }

  /** Hands out again what was handed out and not delivered: the connection it went over is gone. */
  rewind() {
    this.#next = { ...this.#head };
  }

  #sync() {
    try {
      if (this.#unsynced) {
        this.#unsynced = false;
        fs.fdatasyncSync(this.#tail);
      }
      if (!this.#headMoved) return;
      this.#headMoved = false;
      const file = path.join(this.#folder, "delivered");
      fs.writeFileSync(file + ".new", JSON.stringify(this.#head));
      fs.renameSync(file + ".new", file);
    } catch (error) {
      this.#onProblem("queue_sync_failed", { error });
    }
  }

  close() {
    clearInterval(this.#timer);
    this.#sync();
    fs.closeSync(this.#tail);
    if (this.#reader.fd >= 0) fs.closeSync(this.#reader.fd);
  }
}

/** Whether a place in the queue lies behind another. */
export const isAfter = (place, other) => place.id > other.id || (place.id === other.id && place.at > other.at);

/** The whole, unharmed record at `at`, or null. */
function parse(data, at) {
  if (at + HEAD > data.length) return null;
  const length = data.readUInt32LE(at);
  if (at + HEAD + length > data.length) return null;
  const bytes = data.subarray(at + HEAD, at + HEAD + length);
  return crc32(bytes) === data.readUInt32LE(at + 4) ? { data: bytes, weight: data.readUInt32LE(at + 8) } : null;
}
