// SPDX-License-Identifier: Apache-2.0
/// Keeps a subscription on the OPC UA server alive and says of each node whether its data really flow. Reads only.
///
/// One watch decides, whatever went wrong. The server must answer within SILENT_AFTER keep-alives of the subscription
/// or every node is lost; data alone make a node ok again. Every `check` the nodes are also read: what a read shows and
/// the subscription never delivers means that it is deaf, and it is made anew.
import { AttributeIds, DataChangeFilter, DataChangeTrigger, DeadbandType, resolveNodeId, TimestampsToReturn } from "node-opcua";
import { uptime } from "./clock.mjs";
import { connect } from "./opcua_client.mjs";
import { sameReading, Status, toSample } from "./opcua_value.mjs";
import { Type } from "./sparkplug.mjs";

const KEEP_ALIVE = 2; // publishing intervals without data after which the server says "still here"
const SILENT_AFTER = 3; // keep-alives missed: lost
/// [ms]: between two attempts to connect, from the first to the longest; and for node-opcua to mend a silent connection (Republish brings
/// what was missed), then anew.
const PATIENCE = { first: 1000, most: 10000, mend: 12000 };
const CHUNK = 500; // nodes in one request
const DEAF_LIMIT = 3; // times in a row a node may call for a new subscription; afterwards the reads carry it

export class OpcuaReader {
  #settings;
  #log;
  #deliver;
  #onTypes;
  #connection = null; // {session, close, subscription}
  #building = false;
  #closed = false;
  #lastProof = 0; // when the subscription last spoke, by uptime [ms]; so the other times that are waited for
  #lastCheck = -Infinity;
  #checking = false;
  #attempts = 0;
  #nextAttempt = 0;
  #patience;
  #batch = [];
  #batchDue = false;
  #timer;
  lost = true; // no data flow now

  /**
   * @param settings  [opcua] of gateway.toml
   * @param nodes     [{id, metric}]; each gets state ("waiting", "ok", "failed") and last, its newest sample
   * @param deliver   (samples with their metric, in order): what to keep and forward
   * @param onTypes  (): a node's data type is known now, or has changed
   */
  constructor(settings, nodes, { deliver, onTypes, log, patience = PATIENCE }) {
    this.#settings = settings;
    this.#patience = patience;
    this.#deliver = deliver;
    this.#onTypes = onTypes;
    this.#log = log;
    const now = Date.now();
    this.nodes = nodes.map((node) => ({
      ...node,
      state: "waiting",
      type: undefined,
      received: 0,
      deaf: 0,
      suspect: null,
      last: { time: now, type: Type.Double, value: null, status: Status.waiting },
    }));
  }

  start() {
    const period = Math.min(1000, this.#silentAfter() / 4);
    this.#timer = setInterval(() => this.#watch(), period);
    this.#watch();
  }

  async close() {
    this.#closed = true;
    clearInterval(this.#timer);
    await this.#drop();
    this.#flush();
  }

  /** Makes the connection anew: something of it went wrong, and nobody knows what still works. */
  renew(why) {
    if (this.#connection && !this.#building) this.#rebuild(why);
  }

  #silentAfter() {
    return SILENT_AFTER * KEEP_ALIVE * this.#settings.publishing * 1000;
  }

  #watch() {
    const now = uptime();
    if (this.#building) return;
    if (!this.#connection) {
      if (now >= this.#nextAttempt) this.#build();
      return;
    }
    const silent = now - this.#lastProof;
    if (silent > this.#silentAfter()) this.#lose(`nothing from the subscription for ${(silent / 1000).toFixed(1)} s`);
    if (silent > this.#silentAfter() + this.#patience.mend) return this.#rebuild("the subscription stays silent");
    if (silent <= this.#silentAfter() && now - this.#lastCheck >= this.#settings.check * 1000) this.#check();
  }

  async #build() {
    this.#building = true;
    const endpoint = this.#settings.endpoint;
    try {
      this.#connection = { ...(await connect(this.#settings, this.#log)), subscription: null };
      await this.#subscribe(this.#connection.session);
      this.#attempts = 0;
      this.#log("info", "opcua_subscribed", {
        endpoint,
        nodes: this.nodes.length,
        failed: this.nodes.filter((n) => n.state === "failed").length,
      });
    } catch (error) {
      this.#attempts++;
      const wait = Math.min(this.#patience.most, this.#patience.first * 2 ** (this.#attempts - 1)); // 1 s, 2 s, ... 10 s
      this.#nextAttempt = uptime() + wait;
      this.#log("warning", "opcua_not_reached", { endpoint, error, again_in_s: wait / 1000 });
      this.#lose("not reached");
      await this.#drop();
    } finally {
      this.#building = false;
    }
    if (this.#closed) await this.#drop();
  }

  async #subscribe(session) {
    const { sampling, publishing } = this.#settings;
    const namespaces = await session.readNamespaceArray();
    const subscription = await withLimit(
      session.createSubscription2({
        requestedPublishingInterval: publishing * 1000,
        requestedMaxKeepAliveCount: KEEP_ALIVE,
        requestedLifetimeCount: Math.max(60, Math.ceil(600 / publishing)), // ten minutes to come back for what was queued
        maxNotificationsPerPublish: 0,
        publishingEnabled: true,
      }),
      "CreateSubscription",
    );
    this.#connection.subscription = subscription;
    const spoke = () => {
      this.#lastProof = uptime();
    };
    subscription
      .on("keepalive", spoke)
      .on("received_notifications", spoke)
      .on("internal_error", (error) => this.#log("warning", "opcua_subscription", { error }));
    this.#lastProof = uptime();
    this.#lastCheck = uptime(); // a new subscription brings every value by itself
    const queueSize = Math.max(2, Math.ceil(60 / sampling)); // a minute without publishing loses nothing
    const parameters = { samplingInterval: sampling * 1000, queueSize: Math.min(queueSize, 10000), discardOldest: true, filter };
    for (let from = 0; from < this.nodes.length; from += CHUNK) {
      const chunk = this.nodes.slice(from, from + CHUNK);
      for (const node of chunk) {
        const resolved = resolve(node.id, namespaces);
        node.problem = resolved ? "" : "no such namespace on the server";
        node.nodeId = resolved ?? resolveNodeId("i=0");
        Object.assign(node, { state: "waiting", suspect: null });
      }
      const group = await withLimit(
        subscription.monitorItems(
          chunk.map(({ nodeId }) => ({ nodeId, attributeId: AttributeIds.Value })),
          parameters,
          TimestampsToReturn.Both,
        ),
        "CreateMonitoredItems",
      );
      group.on("changed", (_item, dataValue, index) => {
        if (this.#connection?.subscription === subscription && chunk[index] && dataValue) this.#received(chunk[index], dataValue);
      });
      if (group.monitoredItems.length !== chunk.length)
        throw new Error("CreateMonitoredItems: the answer has another length than the question");
      chunk.forEach((node, index) => this.#monitored(node, group.monitoredItems[index]));
    }
  }

  #monitored(node, item) {
    const status = item.statusCode?.value ?? Status.good;
    if (status === Status.good) return;
    node.state = "failed";
    this.#log("warning", "opcua_node_refused", {
      node: node.id,
      metric: node.metric,
      status: item.statusCode.name,
      why: node.problem || undefined,
    });
    this.#keep(node, { time: Date.now(), type: undefined, value: null, status });
  }

  #received(node, dataValue) {
    this.#lastProof = uptime();
    node.received++;
    node.suspect = null;
    node.deaf = 0;
    this.#found(node, toSample(dataValue, Date.now()));
  }

  /** Data have come for a node: it is ok, and if all was lost, no longer. */
  #found(node, sample) {
    node.state = "ok";
    if (this.lost) this.#log("info", "opcua_data_flow", { endpoint: this.#settings.endpoint });
    this.lost = false;
    this.#keep(node, sample);
  }

  #keep(node, { time, type, value, status }) {
    const typeChanged = type !== undefined && node.type !== undefined && type !== node.type;
    const first = node.type === undefined && type !== undefined;
    if (type !== undefined) node.type = type;
    node.last = { metric: node.metric, time, type: node.type ?? Type.Double, value, status };
    this.#batch.push(node.last);
    if (typeChanged || (first && type !== Type.Double)) this.#onTypes();
    if (this.#batchDue) return;
    this.#batchDue = true;
    setImmediate(() => this.#flush()); // one record for all that one notification brought
  }

  #flush() {
    this.#batchDue = false;
    const samples = this.#batch;
    this.#batch = [];
    for (let from = 0; from < samples.length; from += CHUNK) this.#deliver(samples.slice(from, from + CHUNK));
  }

  /** No data flow: says so in every node's history, once. */
  #lose(why) {
    if (this.lost) return;
    this.lost = true;
    this.#log("warning", "opcua_lost", { endpoint: this.#settings.endpoint, why });
    const time = Date.now();
    this.#lastCheck = -Infinity; // when it speaks again, the reads prove what has not changed
    for (const node of this.nodes) {
      node.state = "waiting";
      this.#keep(node, { time, type: undefined, value: null, status: Status.noCommunication });
    }
  }

  /** Reads every node: proves those whose value has not changed since a loss, and finds a deaf subscription. */
  async #check() {
    if (this.#checking) return;
    this.#checking = true;
    this.#lastCheck = uptime();
    const connection = this.#connection;
    try {
      for (let from = 0; from < this.nodes.length; from += CHUNK) {
        const chunk = this.nodes.slice(from, from + CHUNK);
        const before = chunk.map((node) => node.received);
        const answers = await withLimit(
          connection.session.read(chunk.map(({ nodeId }) => ({ nodeId, attributeId: AttributeIds.Value }))),
          "Read",
        );
        if (this.#connection !== connection) return;
        if (answers?.length !== chunk.length) throw new Error("Read: the answer has another length than the question");
        chunk.forEach((node, i) => {
          if (node.received === before[i]) this.#compare(node, toSample(answers[i], Date.now()));
        });
      }
      const deaf = this.nodes.filter((node) => node.suspect === "deaf");
      if (deaf.length) {
        for (const node of deaf) node.suspect = null;
        await this.#rebuild(
          `reads show new values of ${deaf.length} nodes, the first ${deaf[0].id}, that the subscription does not deliver`,
        );
      }
    } catch (error) {
      this.#log("warning", "opcua_check_failed", { error });
    } finally {
      this.#checking = false;
    }
  }

  /** A read of a node for which the subscription has brought nothing meanwhile. */
  #compare(node, read) {
    if (node.state === "failed") {
      // it may have appeared since: only a new subscription will bring it
      if (read.status === Status.good && node.deaf++ < DEAF_LIMIT) node.suspect = "deaf";
      return;
    }
    if (node.state === "waiting") return this.#found(node, read); // unchanged since the loss, so no notification will come
    if (sameReading(read, node.last)) return void (node.suspect = null);
    if (node.suspect === null) return void (node.suspect = { received: node.received });
    this.#found(node, read); // two reads apart and still nothing: the read at least is kept
    node.suspect = node.deaf++ < DEAF_LIMIT ? "deaf" : { received: node.received };
  }

  async #rebuild(why) {
    this.#log("warning", "opcua_renewed", { endpoint: this.#settings.endpoint, why });
    await this.#drop();
    this.#nextAttempt = 0;
  }

  async #drop() {
    const connection = this.#connection;
    this.#connection = null;
    if (!connection) return;
    for (const event of ["keepalive", "received_notifications"]) connection.subscription?.removeAllListeners(event);
    await withLimit(connection.close(), "disconnect").catch((error) => this.#log("warning", "opcua_close_failed", { error }));
  }
}

const filter = new DataChangeFilter({ trigger: DataChangeTrigger.StatusValue, deadbandType: DeadbandType.None });

/** "nsu=urn:plant;s=X" by the server's list of namespaces; null where it has none such. */
function resolve(id, namespaces) {
  const m = /^nsu=([^;]+);(.*)$/.exec(id);
  if (!m) return resolveNodeId(id);
  const index = namespaces.indexOf(m[1]);
  return index < 0 ? null : resolveNodeId(`ns=${index};${m[2]}`);
}

/** Nothing that waits for a server waits for ever. */
function withLimit(promise, what, limit = 15000) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what}: no answer within ${limit / 1000} s`)), limit);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
