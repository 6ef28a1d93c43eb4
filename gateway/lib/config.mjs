// SPDX-License-Identifier: Apache-2.0
/// Reads gateway.toml: which OPC UA server, which broker, which nodes; every problem at once, with its line.
import fs from "node:fs";
import path from "node:path";
import { parse, TomlError } from "smol-toml";

const SECURITY = ["none", "sign", "sign_and_encrypt"];
const SECONDS = { ms: 0.001, s: 1, min: 60, h: 3600 };
const BYTES = { kB: 1e3, MB: 1e6, GB: 1e9 };

/** Section -> key -> how it is read. `needed` keys have no default. */
const SCHEMA = {
  opcua: {
    endpoint: { read: url("opc.tcp:"), needed: 'endpoint = "opc.tcp://127.0.0.1:4840"' },
    security: { read: oneOf(SECURITY), or: "none" },
    user: { read: text, or: "" },
    password_file: { read: text, or: "" },
    certificates: { read: text, or: "pki" },
    sampling: { read: amount(SECONDS, 0.01, 86400), or: 1 },
    publishing: { read: amount(SECONDS, 0.01, 3600), or: 1 },
    check: { read: amount(SECONDS, 0.05, 3600), or: 10 },
  },
  mqtt: {
    url: { read: url("mqtt:", "mqtts:"), needed: 'url = "mqtt://127.0.0.1:1883"' },
    user: { read: text, or: "" },
    password_file: { read: text, or: "" },
    ca_file: { read: text, or: "" },
    group: { read: topicPart, needed: 'group = "plant"' },
    node: { read: topicPart, needed: 'node = "opcua"' },
    device: { read: topicPart, needed: 'device = "dcs"' },
  },
  store: {
    folder: { read: text, or: "gateway-data" },
    limit: { read: amount(BYTES, 1e5, 1e13), or: 1e9 },
  },
};
const FILES = [
  ["opcua", "password_file"],
  ["opcua", "certificates"],
  ["mqtt", "password_file"],
  ["mqtt", "ca_file"],
  ["store", "folder"],
];

/** Returns {config} or {problems: ["gateway.toml:3: what; cure", ...]}. Relative paths count from the file's folder. */
export function readConfig(source, file) {
  let toml;
  try {
    toml = parse(source);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { problems: [`${file}:${error.line}: ${error.message.split("\n")[0]}`] };
  }
  const lines = source.split("\n");
  const problems = [];
  const config = {};
  for (const [section, keys] of Object.entries(SCHEMA)) {
    const say = sayer(problems, file, lines, section, 0);
    const given = toml[section] ?? {};
    if (typeof given !== "object" || Array.isArray(given) || given instanceof Date) {
      say("", `[${section}] is not a section`, `write [${section}]`);
      continue;
    }
    config[section] = readKeys(given, keys, say, `[${section}]`);
  }
  config.nodes = readNodes(toml.node, problems, file, lines);
  for (const key of Object.keys(toml))
    if (!Object.hasOwn(SCHEMA, key) && key !== "node")
      sayer(problems, file, lines, key, 0)("", `[${key}] is not known`, "known are [opcua], [mqtt], [store], [[node]]");
  if (problems.length) return { problems: problems.sort((a, b) => a.line - b.line).map(({ text }) => text) };
  const folder = path.dirname(path.resolve(file));
  for (const [section, key] of FILES) if (config[section][key]) config[section][key] = path.resolve(folder, config[section][key]);
  return { config };
}

/** The file's config, or its problems; a file that cannot be read is a problem too. */
export function readConfigFile(file) {
  try {
    return readConfig(fs.readFileSync(file, "utf8"), file);
  } catch (error) {
    return { problems: [`${file}: cannot be read (${error.code ?? error.message})`] };
  }
}

function readNodes(given, problems, file, lines) {
  if (!Array.isArray(given) || given.length === 0) {
    problems.push({ line: 0, text: `${file}: no [[node]]; write one for each value: [[node]], id = "ns=2;s=FI101", metric = "FI-101"` });
    return [];
  }
  const first = new Map();
  return given.map((entry, index) => {
    const say = sayer(problems, file, lines, "node", index);
    if (typeof entry !== "object" || Array.isArray(entry) || entry instanceof Date) {
      say("", `node holds ${written(entry)}`, "write [[node]], once for each");
      return {};
    }
    const node = readKeys(
      entry,
      {
        id: { read: nodeId, needed: 'id = "ns=2;s=FI101"' },
        metric: { read: text, needed: 'metric = "FI-101"' },
      },
      say,
      "[[node]]",
    );
    if (node.metric === "") say("metric", "metric is empty", "give it the name that Castner's [[tag]] uses as address");
    if (first.has(node.metric)) say("metric", `metric ${JSON.stringify(node.metric)} is there twice`, "give each node a name of its own");
    first.set(node.metric, index);
    return node;
  });
}

function readKeys(given, keys, say, where) {
  const out = {};
  for (const [key, { read, or, needed }] of Object.entries(keys)) {
    if (!Object.hasOwn(given, key)) {
      if (needed) say("", `${where} has no ${key}`, `write ${needed}`);
      out[key] = or;
      continue;
    }
    const { value, cure } = read(given[key]);
    if (cure) say(key, `${key} = ${written(given[key])} cannot be used`, cure);
    out[key] = value;
  }
  for (const key of Object.keys(given))
    if (!Object.hasOwn(keys, key)) say(key, `${where} has no key ${key}`, `known are ${Object.keys(keys).join(", ")}`);
  return out;
}

/** Adds a problem at the line of `key` in the index-th [section] or [[section]], or at its header. */
function sayer(problems, file, lines, section, index) {
  const header = new RegExp(`^\\s*\\[\\[?\\s*${escape(section)}\\s*\\]`);
  let line = 0;
  for (let i = 0, seen = -1; i < lines.length && seen < index; i++) if (header.test(lines[i]) && ++seen === index) line = i + 1;
  return (key, what, cure) => {
    let at = line;
    for (let i = line; key && line && i < lines.length && !/^\s*\[/.test(lines[i]); i++)
      if (new RegExp(`^\\s*${escape(key)}\\s*=`).test(lines[i])) {
        at = i + 1;
        break;
      }
    problems.push({ line: at, text: `${file}${at ? ":" + at : ""}: ${what}; ${cure}` });
  };
}

const escape = (word) => word.replace(/[^\w]/g, "\\$&");
/** A value as TOML writes it: JSON has no inf and nan. */
const written = (value) =>
  typeof value === "number" ? String(value).replace("Infinity", "inf").replace("NaN", "nan") : JSON.stringify(value);
function text(value) {
  return typeof value === "string" ? { value } : { cure: "write a text in quotes" };
}
function oneOf(words) {
  return (value) => (words.includes(value) ? { value } : { cure: `write ${words.map((w) => `"${w}"`).join(", ")}` });
}
function url(...protocols) {
  return (value) => {
    const parsed = typeof value === "string" ? URL.parse(value) : null;
    return parsed && protocols.includes(parsed.protocol) && parsed.hostname
      ? { value }
      : { cure: `write ${protocols.map((p) => p + "//HOST:PORT").join(" or ")}` };
  };
}
function topicPart(value) {
  return typeof value === "string" && /^[^/+#\u0000]+$/.test(value) ? { value } : { cure: "write a name without / + #" };
}
function nodeId(value) {
  return typeof value === "string" && /^((ns=\d+|nsu=[^;]+);)?[isgb]=.+$/.test(value)
    ? { value }
    : { cure: 'write it as "ns=2;s=FI101" or "nsu=urn:plant;s=FI101"' };
}
function amount(units, least, most) {
  return (value) => {
    const m = typeof value === "string" ? /^([0-9.]+)\s*([A-Za-z]+)$/.exec(value.trim()) : null;
    const number = m && Object.hasOwn(units, m[2]) ? Number(m[1]) * units[m[2]] : NaN;
    return number >= least && number <= most
      ? { value: number }
      : { cure: `write a number and one of ${Object.keys(units).join(", ")}, such as "${1} ${Object.keys(units)[1]}"` };
  };
}
