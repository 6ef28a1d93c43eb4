// SPDX-License-Identifier: Apache-2.0
/// Forwards what the disk queue holds to an MQTT broker as a Sparkplug B edge node with one device, the OPC UA server.
///
/// Source: Eclipse Sparkplug 3.0.0. Each connection has a will of its own (NDEATH with a new bdSeq), then NBIRTH, DBIRTH
/// and the queue's records as DDATA in order. Everything goes out at QoS 1, against the specification's QoS 0 for births
/// and data: a record leaves the disk only when the broker has acknowledged it. Records older than the connection are
/// marked historical. The one command obeyed is Node Control/Rebirth.
import fs from "node:fs";
import path from "node:path";
import mqtt from "mqtt";
import { uptime } from "./clock.mjs";
import { isAfter } from "./disk_queue.mjs";
import { decodePayload, encodePayload, Type } from "./sparkplug.mjs";

const WINDOW = 20; // records on their way at once
const ACK_LIMIT = 30000; // [ms] a broker that acknowledges nothing for so long is left
const REBIRTH_PAUSE = 1000; // [ms] between births asked for by command, however many commands come
const OWN = 16; // aliases below are the gateway's own metrics; the device's nodes follow

export class EdgeNode {
  #settings;
  #queue;
  #log;
  #device; // () => {alive, metrics: [{metric, last}]}
  #aliases = new Map(); // metric -> alias
  #own; // () => [{name, value}] the gateway's own counters
  #client = null; // of the present connection
  #online = false;
  #seq = 0;
  #bdSeq;
  #announced = "dead"; // what the broker was last told of the device
  #reborn = false; // a birth is due
  #lastBirth = -Infinity;
  #inFlight = []; // {record, acked}, in order
  #attempts = 0;
  #timers = new Set();
  #ownSent = "";
  #queuedUntil; // what was queued when the broker was reached is historical
  #closed = false;
  unknown = 0; // samples in the queue for metrics that gateway.toml no longer names

  /**
   * @param settings  [mqtt] of gateway.toml
   * @param queue     DiskQueue of encoded payloads whose metrics carry names
   * @param device    () => {alive: data flow, metrics: [{metric, last: {time, type, value, status}}]}; the list never changes
   * @param own       () => [{name, value: integer}] counters of the gateway itself, as metrics of the edge node
   * @param folder    where bdSeq is kept from one start to the next
   */
  constructor(settings, queue, { device, own, folder, log }) {
    Object.assign(this, { bdSeqFile: path.join(folder, "bdseq") });
    this.#settings = settings;
    this.#queue = queue;
    this.#device = device;
    this.#own = own;
    this.#log = log;
    device().metrics.forEach(({ metric }, index) => this.#aliases.set(metric, OWN + index));
    this.#bdSeq = this.#readBdSeq();
  }

  start() {
    this.#every(10000, () => this.#sendOwn());
    this.#every(1000, () => this.#watch());
    this.#connect();
  }

  /** Data are waiting, or the device's state has changed. */
  changed() {
    this.#pump();
  }

  /** A metric's data type is another than the birth said. */
  typesChanged() {
    if (this.#announced === "born") this.#reborn = true;
  }

  /** Sends what is queued for at most `limit` [ms], then says goodbye. */
  async close(limit = 3000) {
    const until = uptime() + limit;
    while (this.#online && !this.#queue.empty && uptime() < until) await new Promise((done) => setTimeout(done, 20));
    this.#closed = true;
    for (const timer of this.#timers) clearInterval(timer);
    const client = this.#client;
    if (!client) return;
    const farewell = new Promise((done) => {
      if (!this.#online) return done();
      client.publish(this.#topic("NDEATH"), this.#death(), { qos: 1 }, () => done());
    });
    await Promise.race([farewell, new Promise((done) => setTimeout(done, 1000))]);
    this.#online = false;
    await new Promise((done) => {
      client.end(true, {}, done);
      setTimeout(done, 1000).unref();
    });
  }

  #every(period, task) {
    this.#timers.add(setInterval(task, period));
  }
  #later(pause, task) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      task();
    }, pause);
    this.#timers.add(timer);
  }
  #topic(kind) {
    const { group, node, device } = this.#settings;
    return `spBv1.0/${group}/${kind}/${node}` + (kind.startsWith("D") ? `/${device}` : "");
  }
  #death() {
    return encodePayload({ time: Date.now(), metrics: [this.#bdSeqMetric()] });
  }
  #bdSeqMetric() {
    return { name: "bdSeq", time: Date.now(), type: Type.Int64, value: BigInt(this.#bdSeq) };
  }

  #readBdSeq() {
    try {
      return (Number(fs.readFileSync(this.bdSeqFile, "utf8")) || 0) & 255;
    } catch {
      return 255; // the first is 0
    }
  }

  #connect() {
    this.#bdSeq = (this.#bdSeq + 1) & 255;
    try {
      fs.writeFileSync(this.bdSeqFile, String(this.#bdSeq));
    } catch (error) {
      this.#log("warning", "bdseq_not_kept", { error });
    }
    const { url, user, password_file: file, ca_file: ca } = this.#settings;
    let client;
    try {
      client = mqtt.connect(url, {
        clientId: `castner-gateway-${this.#settings.group}-${this.#settings.node}`,
        clean: true,
        keepalive: 10,
        connectTimeout: 10000,
        reconnectPeriod: 0,
        resubscribe: false,
        username: user || undefined,
        password: file ? fs.readFileSync(file, "utf8").replace(/\r?\n$/, "") : undefined,
        ca: ca ? fs.readFileSync(ca) : undefined,
        will: { topic: this.#topic("NDEATH"), payload: this.#death(), qos: 1, retain: false },
      });
    } catch (error) {
      // a password or CA file that cannot be read
      return this.#offline(null, error);
    }
    this.#client = client;
    client.on("error", (error) => this.#offline(client, error));
    client.on("close", () => this.#offline(client, new Error("connection closed")));
    client.on("connect", () => this.#connected(client));
    client.on("message", (topic, payload) => this.#command(topic, payload));
  }

  #connected(client) {
    client.subscribe(this.#topic("NCMD"), { qos: 1 }, (error, granted) => {
      if (this.#client !== client) return;
      if (error || granted?.some((g) => g.qos > 2))
        return this.#offline(client, error ?? new Error("the broker refuses the subscription to NCMD"));
      this.#attempts = 0;
      this.#online = true;
      this.#queuedUntil = this.#queue.end;
      this.#log("info", "broker_connected", { url: this.#settings.url, bdSeq: this.#bdSeq, queued_bytes: this.#queue.bytes });
      this.#birth();
      this.#pump();
    });
  }

  /** Whatever was on its way and not acknowledged goes again over the next connection. */
  #offline(client, error) {
    if (this.#closed || client !== this.#client) return;
    this.#client = null;
    this.#online = false;
    this.#announced = "dead";
    this.#inFlight = [];
    this.#queue.rewind();
    client?.end(true);
    const wait = Math.min(10, 0.5 * 2 ** this.#attempts++); // 0.5 s, 1 s, ... 10 s
    this.#log("warning", "broker_lost", { url: this.#settings.url, error, again_in_s: wait });
    this.#later(wait * 1000, () => this.#connect());
  }

  #send(kind, metrics) {
    const payload = encodePayload({ time: Date.now(), seq: this.#seq, metrics });
    this.#seq = (this.#seq + 1) & 255;
    const client = this.#client;
    return new Promise((done) =>
      client.publish(this.#topic(kind), payload, { qos: 1 }, (error) => {
        if (error) this.#offline(client, error);
        done(!error && this.#client === client);
      }),
    );
  }

  #birth() {
    this.#seq = 0;
    this.#reborn = false;
    this.#lastBirth = uptime();
    const time = Date.now();
    this.#send("NBIRTH", [
      this.#bdSeqMetric(),
      { name: "Node Control/Rebirth", time, type: Type.Boolean, value: false },
      ...this.#ownMetrics(true),
    ]);
    this.#announced = "dead";
  }

  /** The device as it is: a node without data says why by its status. */
  #deviceBirth() {
    this.#announced = "born";
    this.#send(
      "DBIRTH",
      this.#device().metrics.map(({ metric, last }) => ({ ...last, name: metric, alias: this.#aliases.get(metric) })),
    );
  }

  #ownMetrics(named) {
    const time = Date.now();
    return this.#own().map(({ name, value }, index) => ({
      name: named ? name : undefined,
      alias: index + 1,
      time,
      type: Type.Int64,
      value: BigInt(value),
    }));
  }

  #sendOwn() {
    const now = JSON.stringify(this.#own());
    if (!this.#online || now === this.#ownSent) return;
    this.#ownSent = now;
    this.#send("NDATA", this.#ownMetrics(false));
  }

  /** Sends as much as the window allows. Before data the device is born; with nothing left to say of a lost one, it dies. */
  #pump() {
    if (!this.#online) return;
    if (this.#reborn) {
      const pause = this.#lastBirth + REBIRTH_PAUSE - uptime();
      if (pause > 0) return this.#later(pause, () => this.#pump());
      this.#birth();
    }
    while (this.#online && this.#inFlight.length < WINDOW) {
      const record = this.#queue.next();
      if (!record) break;
      if (this.#announced !== "born") this.#deviceBirth();
      this.#forward(record);
    }
    if (!this.#online || !this.#queue.drained) return;
    const { alive } = this.#device();
    if (alive && this.#announced === "dead") this.#deviceBirth();
    if (!alive && this.#announced === "born") {
      this.#announced = "dead";
      this.#send("DDEATH", []);
    }
  }

  #forward(record) {
    const entry = { record, acked: false, since: uptime() };
    this.#inFlight.push(entry);
    const { metrics } = decodePayload(record.data);
    const historical = !isAfter(record.end, this.#queuedUntil);
    const known = metrics.filter((m) => this.#aliases.has(m.name));
    this.unknown += metrics.length - known.length;
    const sent = known.length
      ? this.#send(
          "DDATA",
          known.map(({ name, ...m }) => ({ ...m, alias: this.#aliases.get(name), historical })),
        )
      : Promise.resolve(true);
    sent.then((reached) => {
      entry.acked = reached;
      if (!reached || !this.#inFlight.includes(entry)) return;
      while (this.#inFlight[0]?.acked) this.#queue.delivered(this.#inFlight.shift().record);
      this.#pump();
    });
  }

  #watch() {
    if (this.#inFlight.length && uptime() - this.#inFlight[0].since > ACK_LIMIT)
      this.#offline(this.#client, new Error(`no acknowledgement for ${ACK_LIMIT / 1000} s`));
  }

  /** NCMD is for the one metric Node Control/Rebirth; nothing else is obeyed, and nothing is ever written to the plant. */
  #command(topic, payload) {
    let metrics;
    try {
      ({ metrics } = decodePayload(payload));
    } catch (error) {
      return this.#log("warning", "command_refused", { topic, error });
    }
    for (const { name, value } of metrics) {
      if (name !== "Node Control/Rebirth") {
        this.#log("warning", "command_refused", { topic, metric: name ?? "(by alias)" });
        continue;
      }
      if (value !== true || this.#reborn) continue;
      this.#log("info", "rebirth_asked", { topic });
      this.#reborn = true;
      this.#pump();
    }
  }
}
