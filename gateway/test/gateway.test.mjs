// SPDX-License-Identifier: Apache-2.0
/// The gateway between a recording OPC UA server and a real broker: what it sends, and what survives when either dies.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { after, before, test } from "node:test";
import { encodePayload, Type } from "../lib/sparkplug.mjs";
import {
  end,
  folder,
  freePort,
  haveBroker,
  holes,
  Host,
  settings,
  startBroker,
  startGateway,
  startPlant,
  startWire,
  until,
} from "./support.mjs";

const NODES = ["COUNT", "LEVEL", "DOUBTFUL", "BROKEN", "MODE", "RUNNING", "BIG", "SMALL", "ARRAY"];
const NO_COMMUNICATION = 0x80310000,
  WAITING = 0x80320000;
const skip = haveBroker ? false : "mosquitto is not installed here";

let broker, brokerPort, wire, brokerWire, plant, plantPort, plantFolder, gateway, gatewayFolder, host, toml;
const allRequests = {};

/** The requests that a server has counted are gone with it: they are asked for before it dies. */
async function noteRequests() {
  const { requests } = await plant.ask("count");
  for (const [name, n] of Object.entries(requests)) allRequests[name] = (allRequests[name] ?? 0) + n;
}
const bdSeq = (message) => Number(message.metrics.find((m) => m.name === "bdSeq").value);
const command = (name, type, value) =>
  host.client.publish("spBv1.0/plant/NCMD/gw", encodePayload({ time: Date.now(), metrics: [{ name, time: Date.now(), type, value }] }), {
    qos: 1,
  });
/** What the server counts from now on arrives. */
async function grows(what) {
  const from = (await plant.ask("count")).count;
  await until(
    () => host.counts().at(-1) > from + 5,
    () => `${what}\n${gateway.log()}`,
    60000,
  );
}

before(async () => {
  if (skip) return;
  [brokerPort, plantPort] = [await freePort(), await freePort()];
  [plantFolder, gatewayFolder] = [folder(), folder()];
  broker = await startBroker(brokerPort);
  plant = await startPlant(plantPort, plantFolder);
  host = new Host();
  await host.connect(brokerPort);
  wire = await startWire(plantPort);
  brokerWire = await startWire(brokerPort);
  toml = settings({ endpoint: `opc.tcp://127.0.0.1:${wire.port}`, broker: brokerWire.port, nodes: [...NODES, "NOT_THERE"] });
  gateway = startGateway(gatewayFolder, toml, { HOME: path.join(gatewayFolder, "home") });
  await grows("the first data");
});
after(async () => {
  if (skip) return;
  for (const child of [gateway, plant, broker]) await end(child);
  wire?.close();
  brokerWire?.close();
  await host?.close();
  for (const at of [plantFolder, gatewayFolder]) fs.rmSync(at, { recursive: true });
});

test("Births name every alias, and value, type, source time and status code are the server's", { skip }, async () => {
  await until(
    () => NODES.every((name) => ![undefined, WAITING].includes(host.last(name)?.status)),
    () => `first values\n${gateway.log()}`,
  );
  const birth = host.of("NBIRTH")[0];
  assert.equal(birth.seq, 0);
  assert.equal(bdSeq(birth), 0);
  assert.deepEqual(
    birth.metrics.map((m) => m.name),
    [
      "bdSeq",
      "Node Control/Rebirth",
      "Gateway/Nodes",
      "Gateway/Nodes ok",
      "Gateway/Queued bytes",
      "Gateway/Malformed messages",
      "Gateway/Dropped samples",
    ],
  );
  const device = host.of("DBIRTH").at(-1);
  assert.deepEqual(
    device.metrics.map((m) => m.name),
    [...NODES, "NOT_THERE"],
  );
  assert.equal(new Set(device.metrics.map((m) => m.alias)).size, NODES.length + 1);
  const said = (name) => {
    const { value, type, time, status } = host.last(name);
    return [value, type, time, status];
  };
  assert.deepEqual(said("LEVEL"), [41.5, Type.Double, 1795500000123, 0]);
  assert.deepEqual(said("DOUBTFUL"), [7.25, Type.Double, 1795500000456, 0x40900000]);
  assert.deepEqual(said("BROKEN"), [0, Type.Double, 1795500000789, 0x808c0000]);
  assert.deepEqual(said("MODE"), ["auto", Type.String, 1795500001000, 0]);
  assert.deepEqual(said("RUNNING"), [true, Type.Boolean, 1795500001001, 0]);
  assert.deepEqual(said("BIG"), [-2n, Type.Int64, 1795500002000, 0]);
  assert.deepEqual(said("SMALL"), [-5, Type.Int16, 1795500002000, 0]);
  assert.deepEqual(said("ARRAY").slice(0, 1).concat(said("ARRAY")[3]), [null, 0x803d0000]);
  assert.equal(host.last("NOT_THERE").status, 0x80340000, "BadNodeIdUnknown");
  assert.match(gateway.log(), /opcua_node_refused node="ns=1;s=NOT_THERE"/);
});

test("Every change arrives once the subscription stands", { skip }, async () => {
  await grows("more data");
  assert.deepEqual(holes(host.counts()), []);
});

test("Rebirth by command gives new births with the same bdSeq; other commands and rubbish are refused", { skip }, async () => {
  const births = host.of("NBIRTH").length,
    first = bdSeq(host.of("NBIRTH").at(-1));
  command("LEVEL", Type.Double, 99);
  command("Node Control/Reboot", Type.Boolean, true);
  host.client.publish("spBv1.0/plant/NCMD/gw", Buffer.from("rubbish"), { qos: 1 });
  for (let i = 0; i < 50; i++) command("Node Control/Rebirth", Type.Boolean, true);
  await until(() => host.of("NBIRTH").length > births && host.of("DBIRTH").length > births, "new births");
  await grows("data after the rebirth");
  assert.ok(host.of("NBIRTH").length <= births + 4, "fifty commands at once are not fifty births");
  assert.equal(bdSeq(host.of("NBIRTH").at(-1)), first);
  await until(() => (gateway.log().match(/command_refused/g) ?? []).length === 3, "three refusals in the log");
  await plant.ask("count");
  assert.equal(host.last("LEVEL").value, 41.5);
});

test("A broker killed for seconds: all that was stored arrives, marked historical, with a new bdSeq", { skip }, async () => {
  const before = bdSeq(host.of("NBIRTH").at(-1));
  await end(broker);
  const down = (await plant.ask("count")).count;
  await until(async () => (await plant.ask("count")).count > down + 30, "three seconds");
  const up = (await plant.ask("count")).count;
  broker = await startBroker(brokerPort);
  await until(
    () => host.counts().at(-1) > up + 5,
    () => `data after the broker is back\n${gateway.log()}`,
  );
  await until(
    () => holes(host.counts()).length === 0,
    () => `missing ${holes(host.counts())}`,
    10000,
  );
  assert.ok(
    host.samples.COUNT.some((s) => s.historical && s.value > down && s.value < up),
    "historical is marked",
  );
  assert.ok(!host.last("COUNT").historical, "and what is new is not");
  assert.notEqual(bdSeq(host.of("NBIRTH").at(-1)), before);
});

test("What was on its way when the wire to the broker broke, and not acknowledged, is sent again", { skip }, async () => {
  await until(() => !host.last("COUNT").historical, "up to date");
  brokerWire.swallow();
  const lost = (await plant.ask("count")).count;
  await until(async () => (await plant.ask("count")).count > lost + 15, "data vanish for a second and a half");
  brokerWire.cut();
  brokerWire.mend();
  await grows("data over the new connection");
  await until(
    () => holes(host.counts()).length === 0,
    () => `missing ${holes(host.counts())}`,
    10000,
  );
});

test("The gateway killed while the broker is down: the next one sends what it had stored", { skip }, async () => {
  await end(broker);
  const down = (await plant.ask("count")).count;
  await until(async () => (await plant.ask("count")).count > down + 20, "two seconds");
  const killed = (await plant.ask("count")).count;
  await end(gateway);
  gateway = startGateway(gatewayFolder, toml, { HOME: path.join(gatewayFolder, "home") });
  broker = await startBroker(brokerPort);
  await grows("data of the second gateway");
  const heard = host.counts();
  const missing = holes(heard).filter((n) => n < killed - 5); // what the server had sampled and not yet published is the server's
  assert.deepEqual(missing, [], `stored between ${down} and ${killed}`);
});

test("A wire cut for seconds: what the server queued meanwhile is fetched, and nothing is missing", { skip }, async () => {
  await until(() => host.last("LEVEL").status === 0, "data before the cut");
  host.samples.COUNT = [];
  await grows("counting before the cut");
  const from = host.counts()[0];
  wire.cut();
  const down = (await plant.ask("count")).count;
  await until(async () => (await plant.ask("count")).count > down + 25, "two and a half seconds");
  wire.mend();
  await grows("counting after the cut");
  assert.deepEqual(holes(host.counts()), [], gateway.log());
  assert.ok(from < down);
  await until(
    () => host.last("LEVEL").status === 0 && host.last("LEVEL").value === 41.5,
    () => `LEVEL, which has not changed, is good again\n${gateway.log()}`,
  );
});

test("An OPC UA server killed and restarted: every node is lost with a reason, and data flow again", { skip }, async () => {
  await noteRequests();
  const deaths = host.of("DDEATH").length,
    births = host.of("DBIRTH").length;
  await end(plant);
  await until(
    () => host.of("DDEATH").length > deaths,
    () => `DDEATH\n${gateway.log()}`,
  );
  for (const name of ["COUNT", "LEVEL", "MODE"])
    assert.deepEqual([host.last(name).status, host.last(name).value], [NO_COMMUNICATION, null]);
  plant = await startPlant(plantPort, plantFolder);
  await until(
    () => host.of("DBIRTH").length > births && host.last("COUNT").status === 0 && host.last("LEVEL").value === 41.5,
    () => `data again\n${gateway.log()}`,
    60000,
  );
  host.samples.COUNT = [];
  await grows("counting on");
  assert.deepEqual(holes(host.counts()), []);
});

test("A server that freezes is lost, and one that thaws is proven by data", { skip }, async () => {
  const deaths = host.of("DDEATH").length;
  plant.kill("SIGSTOP");
  try {
    await until(
      () => host.of("DDEATH").length > deaths,
      () => `DDEATH\n${gateway.log()}`,
    );
  } finally {
    plant.kill("SIGCONT");
  }
  await until(
    () => host.last("COUNT").status === 0 && host.last("LEVEL").status === 0,
    () => `data again\n${gateway.log()}`,
    60000,
  );
  await grows("counting on");
});

test("A subscription that keeps alive but delivers nothing is found out by a read and made anew", { skip }, async () => {
  await grows("counting before");
  assert.ok(!/opcua_renewed.*does not deliver/.test(gateway.log()), "no false alarm so far");
  await plant.ask("deafen");
  await until(
    () => /opcua_renewed.*does not deliver/.test(gateway.log()),
    () => gateway.log(),
  );
  await grows("the new subscription");
  host.samples.COUNT = [];
  await grows("counting on");
  assert.deepEqual(holes(host.counts()), []);
});

test("A node that appears later starts to deliver without a restart", { skip }, async () => {
  await plant.ask("set", { name: "NOT_THERE", value: 5, time: 1795500003000 });
  await until(
    () => host.last("NOT_THERE")?.value === 5,
    () => gateway.log(),
  );
});

test("A clean end says goodbye with the bdSeq of its birth", { skip }, async () => {
  const birth = bdSeq(host.of("NBIRTH").at(-1)),
    deaths = host.of("NDEATH").length;
  await end(gateway, "SIGTERM");
  await until(() => host.of("NDEATH").length > deaths, "NDEATH");
  assert.equal(bdSeq(host.of("NDEATH").at(-1)), birth);
  assert.equal(gateway.exitCode, 0);
});

test("Over all of this the server saw requests of Read and Subscribe only, and the host no breach of the sequence", { skip }, async () => {
  await noteRequests();
  const allowed = new Set([
    "GetEndpointsRequest",
    "CreateSessionRequest",
    "ActivateSessionRequest",
    "CloseSessionRequest",
    "ReadRequest",
    "CreateSubscriptionRequest",
    "CreateMonitoredItemsRequest",
    "PublishRequest",
    "RepublishRequest",
    "TransferSubscriptionsRequest",
    "DeleteSubscriptionsRequest",
    "DeleteMonitoredItemsRequest",
    "FindServersRequest",
    "OpenSecureChannelRequest",
    "CloseSecureChannelRequest",
  ]);
  assert.deepEqual(
    Object.keys(allRequests).filter((name) => !allowed.has(name)),
    [],
    JSON.stringify(allRequests),
  );
  assert.ok(allRequests.ReadRequest > 5 && allRequests.PublishRequest > 20, "the recorder records");
  assert.deepEqual(host.breaches, []);
  assert.equal(fs.existsSync(path.join(gatewayFolder, "home")), false, "nothing was written to HOME");
});
