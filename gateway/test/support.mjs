// SPDX-License-Identifier: Apache-2.0
/// What the gateway's integration tests stand on: a broker, a recording OPC UA server, the gateway itself as a process,
/// and a Sparkplug host that listens and checks the sequence of what it hears.
import { fork, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import mqtt from "mqtt";
import { decodePayload } from "../lib/sparkplug.mjs";

const here = import.meta.dirname;
export const haveBroker = ["/usr/sbin/mosquitto", "/usr/bin/mosquitto"].find((file) => fs.existsSync(file));

export function folder() {
  return fs.mkdtempSync(path.join(os.tmpdir(), "castner-gateway-"));
}

export async function freePort() {
  const server = net.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

/** Waits for `condition` (may be async); its value, or an Error that says what never came. */
export async function until(condition, what, limit = 30000) {
  for (const end = Date.now() + limit; Date.now() < end; await new Promise((done) => setTimeout(done, 25))) {
    const value = await condition();
    if (value) return value;
  }
  throw new Error(`not within ${limit / 1000} s: ${typeof what === "function" ? what() : what}`);
}

/** Ends a process that a test started. */
export async function end(child, signal = "SIGKILL") {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill(signal);
  await gone;
}

export async function startBroker(port) {
  const at = folder();
  fs.writeFileSync(
    path.join(at, "mosquitto.conf"),
    `listener ${port} 127.0.0.1\nallow_anonymous true\npersistence false\nmax_queued_messages 0\n`,
  );
  const child = spawn(haveBroker, ["-c", path.join(at, "mosquitto.conf")], { stdio: "ignore" });
  child.on("exit", () => fs.rmSync(at, { recursive: true }));
  await until(() => answers(port), "mosquitto answers");
  return child;
}

function answers(port) {
  return new Promise((done) => {
    const socket = net.connect(port, "127.0.0.1");
    socket
      .on("connect", () => {
        socket.destroy();
        done(true);
      })
      .on("error", () => done(false));
  });
}

/**
 * A wire to a server that can be cut: cut() breaks every connection and refuses new ones until mend(); swallow() lets
 * everything vanish in it, both ways, until mend().
 */
export async function startWire(to) {
  const sockets = new Set();
  let whole = true,
    swallows = false;
  const server = net
    .createServer((here) => {
      if (!whole) return here.destroy();
      const there = net.connect(to, "127.0.0.1");
      for (const [a, b] of [
        [here, there],
        [there, here],
      ]) {
        sockets.add(a);
        a.on("data", (data) => {
          if (!swallows) b.write(data);
        });
        a.on("error", () => {}).on("close", () => {
          sockets.delete(a);
          b.destroy();
        });
      }
    })
    .listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => {
    whole = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: server.address().port,
    cut,
    swallow: () => {
      swallows = true;
    },
    mend: () => {
      whole = true;
      swallows = false;
    },
    close: () => {
      cut();
      server.close();
    },
  };
}

/** A recording OPC UA server as a process: ask("set", {...}) answers {requests, count}. */
export async function startPlant(port, at, ...more) {
  const child = fork(path.join(here, "plant_server.mjs"), [String(port), at, ...more], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const [{ ready }] = await Promise.race([
    once(child, "message"),
    once(child, "exit").then(() => {
      throw new Error("the OPC UA server ended");
    }),
  ]);
  child.endpoint = ready;
  child.ask = async (ask, fields = {}) => {
    const answer = once(child, "message");
    child.send({ ask, ...fields });
    return (await answer)[0];
  };
  return child;
}

/** The gateway as people run it; log() is what it has written so far. */
export function startGateway(at, toml, env = {}) {
  const file = path.join(at, "gateway.toml");
  fs.writeFileSync(file, toml);
  const child = spawn(process.execPath, [path.join(here, "../gateway.mjs"), file], {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, ...env },
  });
  let text = "";
  child.stderr.on("data", (data) => {
    text += data;
  });
  child.log = () => text;
  return child;
}

/** [opcua], [mqtt], [store] for the tests, quick; `opcua` adds lines to the first. */
export function settings({ endpoint, broker, nodes, opcua = "" }) {
  return (
    `[opcua]\nendpoint = "${endpoint}"\nsampling = "20 ms"\npublishing = "250 ms"\ncheck = "500 ms"\n${opcua}
[mqtt]\nurl = "mqtt://127.0.0.1:${broker}"\ngroup = "plant"\nnode = "gw"\ndevice = "dcs"
[store]\nlimit = "10 MB"\n` + nodes.map((name) => `[[node]]\nid = "ns=1;s=${name}"\nmetric = "${name}"\n`).join("")
  );
}

/**
 * A Sparkplug host: keeps every message {kind, seq, metrics with names}, every sample by metric, and every breach of the
 * specification it notices (a hole in seq, data before birth, an alias that was never named).
 */
export class Host {
  messages = [];
  samples = {};
  breaches = [];
  #aliases = new Map();
  #seq = null;
  #deviceBorn = false;

  async connect(port) {
    this.client = mqtt.connect(`mqtt://127.0.0.1:${port}`, { reconnectPeriod: 100, clientId: "host", clean: true });
    this.client.on("error", () => {});
    this.client.on("message", (topic, payload) => this.#heard(topic.split("/"), payload));
    this.client.on("connect", () =>
      this.client.subscribe("spBv1.0/#", { qos: 1 }, () => {
        this.subscribed = true;
      }),
    );
    this.client.on("close", () => {
      this.subscribed = false;
    });
    await until(() => this.subscribed, "the host is subscribed");
  }

  #heard([, , kind], payload) {
    if (kind === "NCMD") return;
    const { seq, metrics } = decodePayload(payload);
    if (kind === "NBIRTH") {
      if (seq !== 0) this.breaches.push(`NBIRTH with seq ${seq}`);
      this.#aliases.clear();
      this.#deviceBorn = false;
    } else if (kind === "NDEATH") {
      if (seq !== undefined) this.breaches.push("NDEATH with seq");
      this.#deviceBorn = false;
    } else if (this.#seq !== null && seq !== (this.#seq + 1) % 256) this.breaches.push(`${kind} has seq ${seq} after ${this.#seq}`);
    if (kind !== "NDEATH") this.#seq = seq;
    if (kind === "DBIRTH") this.#deviceBorn = true;
    if (kind === "DDATA" && !this.#deviceBorn) this.breaches.push("DDATA before DBIRTH");
    if (kind === "DDEATH") this.#deviceBorn = false;
    for (const m of metrics) {
      if (kind.endsWith("BIRTH") && m.alias !== undefined) this.#aliases.set(m.alias, m.name);
      m.name ??= this.#aliases.get(m.alias);
      if (m.name === undefined) this.breaches.push(`${kind} with an alias ${m.alias} that no birth named`);
      if (kind.startsWith("D")) (this.samples[m.name] ??= []).push({ kind, ...m });
    }
    this.messages.push({ kind, seq, metrics });
  }

  of(kind) {
    return this.messages.filter((m) => m.kind === kind);
  }
  /** The newest sample of a metric. */
  last(metric) {
    return this.samples[metric]?.at(-1);
  }
  /** Good integers of a metric heard so far, each once, in order. */
  counts(metric = "COUNT") {
    return [...new Set((this.samples[metric] ?? []).filter((s) => s.status === 0 && s.value !== null).map((s) => s.value))].sort(
      (a, b) => a - b,
    );
  }
  forget() {
    this.messages = [];
    this.samples = {};
  }
  async close() {
    await new Promise((done) => this.client.end(true, {}, done));
  }
}

/** Numbers missing between the first and the last. */
export function holes(numbers) {
  const there = new Set(numbers);
  const out = [];
  for (let n = numbers[0]; n <= numbers.at(-1); n++) if (!there.has(n)) out.push(n);
  return out;
}
