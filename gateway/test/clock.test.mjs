// SPDX-License-Identifier: Apache-2.0
/// A clock that was a day fast and is put right while the OPC UA server is away, and own keys that a full disk or a kill left half written:
/// the gateway comes by itself.
import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { OPCUACertificateManager } from "node-opcua";
import { end, folder, freePort, haveBroker, Host, settings, startBroker, startGateway, startPlant, until } from "./support.mjs";
import { makeValidUnderAnyClock, setBrokenAside } from "../lib/own_certificate.mjs";

const skip = haveBroker ? false : "mosquitto is not installed here";

/** Loaded before the gateway: its Date is ahead by what the file says [ms]. */
const SHIFTED = `
import fs from "node:fs";
const real = Date.now.bind(Date);
const now = () => real() + Number(fs.readFileSync(process.env.CLOCK_AHEAD, "utf8"));
globalThis.Date = class extends Date { constructor(...given) { given.length ? super(...given) : super(now()); } static now() { return now(); } };
`;

/** A broker, a host that listens to it, folders and a port for the OPC UA server; `act` starts the rest and puts it into `started`. */
async function withHost(act) {
  const world = { plantFolder: folder(), gatewayFolder: folder(), host: new Host(), started: {} };
  [world.brokerPort, world.plantPort] = [await freePort(), await freePort()];
  try {
    world.started.broker = await startBroker(world.brokerPort);
    await world.host.connect(world.brokerPort);
    await act(world);
  } finally {
    const { gateway, plant, broker } = world.started;
    for (const child of [gateway, plant, broker]) await end(child);
    await world.host.close();
  }
}

const flows = ({ host, started }) =>
  until(
    () => host.counts().length > 3,
    () => `data flow\n${started.gateway.log()}`,
    60000,
  );

test("A clock put right by a day while the server is away: data flow at once, and are not historical", { skip }, () =>
  withHost(async (world) => {
    const { host, started, gatewayFolder, plantFolder, brokerPort, plantPort } = world;
    const shim = path.join(gatewayFolder, "shifted.mjs");
    const ahead = path.join(gatewayFolder, "ahead");
    fs.writeFileSync(shim, SHIFTED);
    fs.writeFileSync(ahead, String(86_400_000));
    const env = { NODE_OPTIONS: `--import ${shim}`, CLOCK_AHEAD: ahead };
    const toml = settings({ endpoint: `opc.tcp://127.0.0.1:${plantPort}`, broker: brokerPort, nodes: ["COUNT"] });
    started.gateway = startGateway(gatewayFolder, toml, env);
    const attempts = () => started.gateway.log().split("opcua_not_reached").length - 1;
    await until(
      () => attempts() >= 2,
      () => `it tries while the server is away\n${started.gateway.log()}`,
      60000,
    );
    fs.writeFileSync(ahead, "0");
    started.plant = await startPlant(plantPort, plantFolder);
    await flows(world);
    assert.ok(!host.last("COUNT").historical, "what is new is not historical");
  }),
);

test("An own key or certificate that is not whole is moved aside; a whole one stays", () => {
  const at = folder();
  const key = path.join(at, "own/private/private_key.pem");
  const certificate = path.join(at, "own/certs/client_certificate.pem");
  const said = [];
  const log = (level, event, fields) => said.push(fields.broken);
  setBrokenAside(at, log); // nothing yet
  fs.mkdirSync(path.dirname(key), { recursive: true });
  fs.mkdirSync(path.dirname(certificate), { recursive: true });
  setBrokenAside(at, log); // made when it is needed
  assert.deepEqual(said, []);
  for (const [file, text] of [
    [key, ""],
    [key, "-----BEGIN PRIVATE KEY-----\nMIIE"],
    [certificate, "-----BEGIN CERTIFICATE-----\nMIID"],
  ]) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    setBrokenAside(at, log);
    assert.equal(said.at(-1), file);
    assert.ok(!fs.existsSync(path.join(at, "own")), "node-opcua makes new ones");
    assert.equal(fs.readFileSync(file.replace("/own/", "/own.broken/"), "utf8"), text, "a person can look at it");
  }
  assert.equal(said.length, 3);
});

/// Valid for every clock from 2020 on, and beyond 2045.
function assertValidUnderAnyClock(file) {
  const { validFrom, validTo } = new X509Certificate(fs.readFileSync(file));
  assert.ok(new Date(validFrom) <= new Date("2020-01-01T00:00:00Z"), validFrom);
  assert.ok(new Date(validTo) >= new Date("2045-01-01T00:00:00Z"), validTo);
}

test("A certificate made while the clock is years fast, or slow, is valid once it is right", async () => {
  for (const wrong of ["2041-03-01T00:00:00Z", "1980-01-06T00:00:00Z"]) {
    const at = folder();
    const certificates = new OPCUACertificateManager({ rootFolder: at, disableFileWatchers: true });
    await certificates.initialize();
    makeValidUnderAnyClock(certificates);
    const outputFile = path.join(at, "own/certs/client_certificate.pem");
    const asked = { applicationUri: "urn:x:y", dns: ["x"], outputFile, subject: "CN=Castner gateway" };
    await certificates.createSelfSignedCertificate({ ...asked, startDate: new Date(wrong), validity: 3650 });
    assertValidUnderAnyClock(outputFile);
    await certificates.dispose();
    fs.rmSync(at, { recursive: true });
  }
});

test("A gateway whose key was cut short connects, and keeps the key that it made", { skip }, () =>
  withHost(async (world) => {
    const { started, gatewayFolder, plantFolder, brokerPort, plantPort } = world;
    started.plant = await startPlant(plantPort, plantFolder);
    const toml = settings({ endpoint: started.plant.endpoint, broker: brokerPort, nodes: ["COUNT"] });
    const key = path.join(gatewayFolder, "pki/own/private/private_key.pem");
    fs.mkdirSync(path.dirname(key), { recursive: true });
    fs.writeFileSync(key, "");
    started.gateway = startGateway(gatewayFolder, toml);
    await flows(world);
    assert.match(started.gateway.log(), /own_certificate_made_anew/);
    const made = fs.readFileSync(key, "utf8");
    for (const at of [path.join(gatewayFolder, "pki"), plantFolder])
      for (const name of fs.readdirSync(path.join(at, "own/certs")).filter((n) => n.endsWith(".pem")))
        assertValidUnderAnyClock(path.join(at, "own/certs", name));
    await end(started.gateway);
    started.gateway = startGateway(gatewayFolder, toml);
    await until(
      () => /opcua_data_flow/.test(started.gateway.log()),
      () => started.gateway.log(),
      60000,
    );
    assert.doesNotMatch(started.gateway.log(), /own_certificate_made_anew/);
    assert.equal(fs.readFileSync(key, "utf8"), made);
  }),
);
