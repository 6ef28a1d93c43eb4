// SPDX-License-Identifier: Apache-2.0
/// gateway.toml: what a person writes wrong is said whole, with its line and its cure.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { readConfig } from "../lib/config.mjs";
import { folder } from "./support.mjs";

const GOOD = `[opcua]
endpoint = "opc.tcp://127.0.0.1:4840"
sampling = "500 ms"
[mqtt]
url = "mqtt://127.0.0.1:1883"
group = "plant"
node = "opcua"
device = "dcs"
[[node]]
id = "ns=2;s=FI101"
metric = "FI-101"
[[node]]
id = "nsu=urn:plant;i=7"
metric = "TI-102"
`;

test("A good file gives SI numbers, defaults and paths from its own folder", () => {
  const { config, problems } = readConfig(GOOD, "/etc/castner/gateway.toml");
  assert.equal(problems, undefined);
  assert.deepEqual([config.opcua.sampling, config.opcua.publishing, config.opcua.security, config.store.limit], [0.5, 1, "none", 1e9]);
  assert.deepEqual([config.opcua.certificates, config.store.folder], ["/etc/castner/pki", "/etc/castner/gateway-data"]);
  assert.deepEqual(config.nodes, [
    { id: "ns=2;s=FI101", metric: "FI-101" },
    { id: "nsu=urn:plant;i=7", metric: "TI-102" },
  ]);
});

test("Every problem at once, each at its line", () => {
  const bad = GOOD.replace("opc.tcp:", "http:")
    .replace('"500 ms"', '"500"')
    .replace('"plant"', '"plant/1"')
    .replace('"ns=2;s=FI101"', '"FI101"')
    .replace('"TI-102"', '"FI-101"')
    .replace('node = "opcua"\n', "")
    .concat("rate = 3\n[other]\n");
  assert.deepEqual(readConfig(bad, "g.toml").problems, [
    'g.toml:2: endpoint = "http://127.0.0.1:4840" cannot be used; write opc.tcp://HOST:PORT',
    'g.toml:3: sampling = "500" cannot be used; write a number and one of ms, s, min, h, such as "1 s"',
    'g.toml:4: [mqtt] has no node; write node = "opcua"',
    'g.toml:6: group = "plant/1" cannot be used; write a name without / + #',
    'g.toml:9: id = "FI101" cannot be used; write it as "ns=2;s=FI101" or "nsu=urn:plant;s=FI101"',
    'g.toml:13: metric "FI-101" is there twice; give each node a name of its own',
    "g.toml:14: [[node]] has no key rate; known are id, metric",
    "g.toml:15: [other] is not known; known are [opcua], [mqtt], [store], [[node]]",
  ]);
});

test("No nodes, no sections, no TOML: each told", () => {
  assert.deepEqual(readConfig("", "g.toml").problems.length, 6);
  assert.match(readConfig("[opcua\n", "g.toml").problems[0], /^g\.toml:1: Invalid TOML/);
});

test("The command: --check, exit codes, a file that is not there", () => {
  const at = folder();
  const run = (...args) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(import.meta.dirname, "../gateway.mjs"), ...args], {
      encoding: "utf8",
      timeout: 60000,
    });
    return [status, stdout + stderr];
  };
  fs.writeFileSync(path.join(at, "good.toml"), GOOD);
  assert.deepEqual(run("--check", path.join(at, "good.toml")), [0, `${at}/good.toml: 2 nodes, no problems\n`]);
  assert.deepEqual(run("--check", path.join(at, "none.toml")), [1, `${at}/none.toml: cannot be read (ENOENT)\n`]);
  assert.equal(run()[0], 2);
  assert.equal(run("--help")[0], 0);
  fs.rmSync(at, { recursive: true });
});
