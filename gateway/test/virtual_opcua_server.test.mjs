// SPDX-License-Identifier: Apache-2.0
/// The virtual plant's values by OPC UA: JSON lines in, variables with value, source time and status out; rubbish is refused.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { test } from "node:test";
import { AttributeIds } from "node-opcua";
import { connect } from "../lib/opcua_client.mjs";
import { toSample } from "../lib/opcua_value.mjs";
import { end, folder, freePort, until } from "./support.mjs";

test("Each line's values and status codes are served; a line of rubbish changes nothing", async () => {
  const at = folder();
  const plant = net.createServer().listen(0, "127.0.0.1");
  await once(plant, "listening");
  const [connected, port] = [once(plant, "connection"), await freePort()];
  const child = spawn(
    process.execPath,
    [
      path.join(import.meta.dirname, "../virtual_opcua_server.mjs"),
      "--from",
      `127.0.0.1:${plant.address().port}`,
      "--listen",
      String(port),
      "--certificates",
      path.join(at, "server"),
    ],
    { stdio: ["ignore", "ignore", "inherit"] },
  );
  let client;
  try {
    const [socket] = await connected;
    const say = (line) => socket.write(line + "\n");
    say('{"t":"2026-11-23T06:00:00.250Z","values":{"PI-3001":121.5,"TI-3001":88},"status":{}}');
    say('{"t":"yesterday","values":{"PI-3001":1e999}}');
    say("not JSON");
    say('{"t":"2026-11-23T06:00:01.000Z","values":{"AI-3001":1},"status":{"TI-3001":2156593152,"NEVER":2147483648}}');
    client = await connect({ endpoint: `opc.tcp://127.0.0.1:${port}`, security: "none", certificates: path.join(at, "client") }, () => {});
    const read = async (name) => toSample(await client.session.read({ nodeId: `ns=1;s=${name}`, attributeId: AttributeIds.Value }), 0);
    await until(async () => (await read("AI-3001")).value === 1, "the last line is served");
    const [pressure, temperature, never] = [await read("PI-3001"), await read("TI-3001"), await read("NEVER")];
    assert.deepEqual([pressure.value, pressure.time, pressure.status], [121.5, Date.parse("2026-11-23T06:00:00.250Z"), 0]);
    assert.deepEqual([temperature.value, temperature.time, temperature.status], [88, Date.parse("2026-11-23T06:00:01Z"), 2156593152]);
    assert.equal(never.status, 0x80340000, "BadNodeIdUnknown: it never had a value");
    const elsewhere = net.connect(port, "127.0.0.2"); // would answer if it listened on every address
    const [refused] = await once(elsewhere, "error");
    assert.equal(refused.code, "ECONNREFUSED");
  } finally {
    await client?.close();
    await end(child);
    plant.close();
    fs.rmSync(at, { recursive: true });
  }
});

test("A port that is taken ends it in plain words", async () => {
  const at = folder();
  const taken = net.createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
  const { port } = taken.address();
  const file = path.join(import.meta.dirname, "../virtual_opcua_server.mjs");
  const child = spawn(process.execPath, [file, "--from", "127.0.0.1:9", "--listen", String(port), "--certificates", at], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  try {
    let said = "";
    child.stderr.on("data", (data) => (said += data));
    const [code] = await once(child, "close");
    assert.notEqual(code, 0);
    assert.match(said, /EADDRINUSE/);
    assert.doesNotMatch(said, /opcua_malformed/);
  } finally {
    await end(child);
    taken.close();
    fs.rmSync(at, { recursive: true });
  }
});
