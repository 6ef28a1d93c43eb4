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

test("A number where a text or an amount belongs is refused by name, however it is written", () => {
  const keys = {
    opcua: ["endpoint", "security", "user", "password_file", "certificates", "sampling", "publishing", "check"],
    mqtt: ["url", "user", "password_file", "ca_file", "group", "node", "device"],
    store: ["folder", "limit"],
    "[node]": ["id", "metric"],
  };
  const values = [
    "0",
    "-1",
    "1000000",
    "1234567",
    "0x10",
    "0o17",
    "0b1",
    "1_000",
    "1e6",
    "1.5",
    "inf",
    "-inf",
    "nan",
    "true",
    "[1]",
    "{a = 1}",
    "2026-11-29",
  ];
  for (const [section, names] of Object.entries(keys))
    for (const key of names)
      for (const value of values) {
        const without = GOOD.split("\n")
          .filter((line) => !(line.startsWith(`${key} =`) && section !== "[node]"))
          .join("\n");
        const at = section === "[node]" ? `[[node]]\n` : `[${section}]\n`;
        const text = without.includes(at) ? without.replace(at, `${at}${key} = ${value}\n`) : `${at}${key} = ${value}\n${without}`;
        const clean =
          section === "[node]"
            ? text.replace(new RegExp(`^(${key} = ${value.replace(/[[\]{}.+*]/g, "\\$&")}\n[^]*?)${key} = "[^"]*"\n`, "m"), "$1")
            : text;
        const { problems } = readConfig(clean, "g.toml");
        assert.ok(
          problems?.some((p) => p.includes(`${key} = `) && p.includes(" cannot be used; ")),
          `${section} ${key} = ${value}: ${problems}`,
        );
      }
});

test("An amount reads as its number: round, large, small, at both ends, and nothing beyond them", () => {
  const units = { ms: 0.001, s: 1, min: 60, h: 3600 };
  const ends = { sampling: [0.01, 86400], publishing: [0.01, 3600], check: [0.05, 3600] };
  for (const [key, [least, most]] of Object.entries(ends))
    for (const [unit, scale] of Object.entries(units))
      for (const number of ["0", "1", "10", "100", "1000", "3600", "86400", "86401", "1000000", "0.5", "0.05", "0.01", "1234567", "0.25"]) {
        const text = GOOD.replace('sampling = "500 ms"\n', "").replace("[opcua]\n", `[opcua]\n${key} = "${number} ${unit}"\n`);
        const { config, problems } = readConfig(text, "g.toml");
        const value = Number(number) * scale;
        if (value >= least && value <= most) assert.equal(config?.opcua[key], value, `${key} = ${number} ${unit}: ${problems}`);
        else assert.match(problems?.[0] ?? "taken", /cannot be used/, `${key} = ${number} ${unit}`);
      }
  for (const wrong of ["-1 s", "1e3 s", "0x10 s", "1_000 s", "1.2.3 s", "1 constructor", "1 toString", "inf s", "s", "1", "", "１ s"])
    assert.ok(readConfig(GOOD.replace("500 ms", wrong), "g.toml").problems, wrong);
  for (const [text, bytes] of [
    ["100 kB", 1e5],
    ["1000000 kB", 1e9],
    ["1 GB", 1e9],
    ["10000 GB", 1e13],
  ])
    assert.equal(readConfig(`${GOOD}[store]\nlimit = "${text}"\n`, "g.toml").config.store.limit, bytes);
});

test("Names that every JavaScript object has are no keys", () => {
  for (const name of ["constructor", "toString", "__proto__", "hasOwnProperty"]) {
    assert.ok(readConfig(`${GOOD}[${name}]\n`, "g.toml").problems, name);
    assert.ok(readConfig(`${GOOD}${name} = 1\n`, "g.toml").problems, name);
  }
  assert.ok(readConfig(GOOD.replaceAll("[[node]]", "[[nods]]") + 'node = [1, "a"]\n', "g.toml").problems);
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
