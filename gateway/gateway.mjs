#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
/// The gateway: node gateway.mjs gateway.toml. Reads an OPC UA server and forwards to MQTT as Sparkplug B; it never writes.
import fs from "node:fs";
import path from "node:path";
import { readConfigFile } from "./lib/config.mjs";
import { DiskQueue } from "./lib/disk_queue.mjs";
import { EdgeNode } from "./lib/edge_node.mjs";
import { log } from "./lib/log.mjs";
import { faults, surviveMalformedMessages } from "./lib/opcua_faults.mjs";
import { OpcuaReader } from "./lib/opcua_reader.mjs";
import { encodePayload } from "./lib/sparkplug.mjs";

const HELP = `castner-gateway FILE.toml     reads an OPC UA server (Read and Subscribe only), forwards to MQTT as Sparkplug B
castner-gateway --check FILE.toml   says what is wrong with the file, and starts nothing

Exit code: 0 done, 1 the file has problems, 2 wrong arguments.
`;

function main(argv) {
  if (argv.includes("--help") || argv.includes("-h")) return void process.stdout.write(HELP);
  const check = argv[0] === "--check";
  const files = argv.slice(check ? 1 : 0);
  if (files.length !== 1 || files[0].startsWith("-")) {
    process.stderr.write(HELP);
    process.exitCode = 2;
    return;
  }
  const { config, problems } = readConfigFile(files[0]);
  if (problems) {
    process.stderr.write(problems.join("\n") + "\n");
    process.exitCode = 1;
    return;
  }
  if (check) return void process.stdout.write(`${files[0]}: ${config.nodes.length} nodes, no problems\n`);
  run(config);
}

function run(config) {
  const { folder, limit } = config.store;
  fs.mkdirSync(folder, { recursive: true });
  const queue = new DiskQueue(path.join(folder, "queue"), limit, (event, fields) => log("warning", event, fields));
  let edge = null;
  const reader = new OpcuaReader(config.opcua, config.nodes, {
    log,
    deliver: (samples) => {
      const metrics = samples.map(({ metric, ...sample }) => ({ name: metric, ...sample }));
      queue.append(encodePayload({ time: Date.now(), metrics }), samples.length);
      edge.changed();
    },
    onTypes: () => edge.typesChanged(),
  });
  edge = new EdgeNode(config.mqtt, queue, {
    log,
    folder,
    device: () => ({ alive: !reader.lost, metrics: reader.nodes }),
    own: () => [
      { name: "Gateway/Nodes", value: reader.nodes.length },
      { name: "Gateway/Nodes ok", value: reader.nodes.filter((node) => node.state === "ok").length },
      { name: "Gateway/Queued bytes", value: queue.bytes },
      { name: "Gateway/Malformed messages", value: faults() },
      { name: "Gateway/Dropped samples", value: queue.dropped + edge.unknown },
    ],
  });
  surviveMalformedMessages(log, () => reader.renew("a malformed message"));
  log("info", "gateway_started", {
    endpoint: config.opcua.endpoint,
    broker: config.mqtt.url,
    nodes: config.nodes.length,
    queued_bytes: queue.bytes,
  });
  reader.start();
  edge.start();

  let ending = false;
  const end = async (signal) => {
    if (ending) return;
    ending = true;
    log("info", "gateway_ending", { signal });
    setTimeout(() => process.exit(0), 10000).unref(); // whatever hangs, the service manager need not kill
    await reader.close();
    await edge.close();
    queue.close();
    process.exit(0);
  };
  process.on("SIGTERM", end).on("SIGINT", end);
}

main(process.argv.slice(2));
