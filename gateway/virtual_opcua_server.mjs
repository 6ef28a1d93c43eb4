#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
/// An OPC UA server of the virtual plant's values: node virtual_opcua_server.mjs --from HOST:PORT [--listen PORT].
///
/// Reads the JSON lines that `castner-virtual-plant --jsonl PORT` sends, {"t": "2026-11-23T06:00:00.000Z", "values":
/// {"FI-101": 12.3}, "status": {"TI-102": 2156593152}}, and serves each as the variable ns=1;s=NAME with that source time and
/// status code; a tag with a status and no value keeps its last value. For demonstrations and tests, on loopback only.
import net from "node:net";
import os from "node:os";
import path from "node:path";
import readline from "node:readline";
import {
  DataType,
  MessageSecurityMode,
  OPCUACertificateManager,
  OPCUAServer,
  SecurityPolicy,
  StatusCodes,
  Variant,
  getStatusCodeFromCode,
} from "node-opcua";
import { log } from "./lib/log.mjs";
import { surviveMalformedMessages } from "./lib/opcua_faults.mjs";
import { makeValidUnderAnyClock, setBrokenAside } from "./lib/own_certificate.mjs";

const RETRY = 1000; // [ms] until the plant is called again

/** A value as OPC UA has it: numbers are Double, whatever they look like at the moment. */
function variantOf(value) {
  if (typeof value === "boolean") return new Variant({ dataType: DataType.Boolean, value });
  if (typeof value === "string") return new Variant({ dataType: DataType.String, value });
  if (typeof value === "number") return new Variant({ dataType: DataType.Double, value });
  return null;
}

/**
 * A running server, {server, set(name, value, time, status), close()}; options go to OPCUAServer.
 * `folder` holds its certificates.
 */
export async function startServer({ port, folder, ...options }) {
  setBrokenAside(folder, log);
  const certificates = new OPCUACertificateManager({ rootFolder: folder, automaticallyAcceptUnknownCertificate: false });
  await certificates.initialize();
  makeValidUnderAnyClock(certificates);
  const server = new OPCUAServer({
    host: "127.0.0.1", // where it listens
    hostname: "127.0.0.1", // what its address says
    port,
    resourcePath: "",
    serverInfo: { applicationUri: `urn:${os.hostname()}:castner-virtual-plant`, applicationName: { text: "Castner virtual plant" } },
    serverCertificateManager: certificates,
    securityModes: [MessageSecurityMode.None, MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt],
    securityPolicies: [SecurityPolicy.None, SecurityPolicy.Basic256Sha256],
    ...options,
  });
  await server.initialize();
  const space = server.engine.addressSpace;
  const namespace = space.getOwnNamespace();
  const plant = namespace.addFolder(space.rootFolder.objects, { browseName: "Plant" });
  const variables = new Map();
  const set = (name, value, time, status = StatusCodes.Good) => {
    let variable = variables.get(name);
    const variant = variantOf(value) ?? variable?.readValue().value;
    if (!variant) return;
    if (!variable) {
      variable = namespace.addVariable({
        organizedBy: plant,
        browseName: name,
        nodeId: `s=${name}`,
        dataType: variant.dataType,
        accessLevel: "CurrentRead",
        userAccessLevel: "CurrentRead",
        minimumSamplingInterval: 10,
      });
      variables.set(name, variable);
    }
    variable.setValueFromSource(variant, status, time);
  };
  await server.start();
  return {
    server,
    set,
    close: async () => {
      await server.shutdown(0);
      await certificates.dispose();
    },
  };
}

/** Calls the plant again and again and hands each line's values to `set`. */
function follow(host, port, set) {
  const call = () => {
    const socket = net.connect({ host, port });
    socket.on("connect", () => log("info", "virtual_plant_connected", { host, port }));
    socket.on("error", () => {}); // close follows
    socket.on("close", () => {
      log("warning", "virtual_plant_not_reached", { host, port, again_in_s: RETRY / 1000 });
      setTimeout(call, RETRY);
    });
    readline
      .createInterface({ input: socket })
      .on("line", (line) => {
        try {
          const { t, values, status = {} } = JSON.parse(line);
          const time = new Date(t);
          if (Number.isNaN(time.getTime())) throw new Error(`${JSON.stringify(t)} is not a time`);
          for (const name of new Set([...Object.keys(values), ...Object.keys(status)]))
            set(name, values[name], time, getStatusCodeFromCode(status[name] ?? 0));
        } catch (error) {
          log("warning", "virtual_plant_line_refused", { error });
        }
      })
      .on("error", () => {});
  };
  call();
}

async function main(argv) {
  const option = (name, otherwise) => {
    const at = argv.indexOf(name);
    return at < 0 ? otherwise : argv[at + 1];
  };
  const from = option("--from");
  if (!from || argv.includes("--help")) {
    process.stderr.write("virtual_opcua_server.mjs --from HOST:PORT [--listen 4840] [--certificates FOLDER]\n");
    process.exitCode = 2;
    return;
  }
  surviveMalformedMessages(log);
  const folder = path.resolve(option("--certificates", "virtual-opcua-pki"));
  const { server, set, close } = await startServer({ port: Number(option("--listen", "4840")), folder });
  log("info", "virtual_opcua_server", { endpoint: server.getEndpointUrl() });
  const colon = from.lastIndexOf(":");
  follow(from.slice(0, colon), Number(from.slice(colon + 1)), set);
  const end = () => {
    setTimeout(() => process.exit(0), 5000).unref();
    close().finally(() => process.exit(0));
  };
  process.on("SIGTERM", end).on("SIGINT", end);
}

if (process.argv[1] && import.meta.url === new URL(`file://${path.resolve(process.argv[1])}`).href) await main(process.argv.slice(2));
