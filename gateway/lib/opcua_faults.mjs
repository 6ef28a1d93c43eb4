// SPDX-License-Identifier: Apache-2.0
/// What node-opcua makes of messages that are no OPC UA: it throws in the middle of reading them, and Node would end the process.
/// Here each is logged and counted, and costs the connection that it came over; a fault of our own still ends the process.
import { TCP_transport } from "node-opcua";
import { uptime } from "./clock.mjs";

const SAY_EVERY = 10000; // [ms]: a flood of rubbish does not fill the log

let count = 0;
let said = 0;
let saidAt = 0;

/** How many malformed messages there have been. */
export const faults = () => count;

function note(log, error) {
  count++;
  if (uptime() - saidAt < SAY_EVERY && said > 0) return;
  log("warning", "opcua_malformed", {
    error: String(error?.message ?? error)
      .replace(/\s+/g, " ")
      .slice(0, 200),
    count,
  });
  said = count;
  saidAt = uptime();
}

/** Whether an error was thrown by node-opcua, not by a line of ours that it called. */
function thrownByOpcua(error) {
  if (error?.syscall === "listen") return false; // a port that is taken
  const frames = String(error?.stack ?? "")
    .split("\n")
    .filter((line) => /^\s+at /.test(line) && !/node:/.test(line));
  return /[\\/]node_modules[\\/]node-opcua/.test(frames[0] ?? "");
}

/**
 * To be called once, before the first connection.
 * @param log   as log.mjs has it
 * @param lost  (error): something failed outside of reading a connection, so nobody knows which; the caller makes its own anew
 */
export function surviveMalformedMessages(log, lost = () => {}) {
  const read = TCP_transport.prototype._on_socket_data;
  if (typeof read !== "function") throw new Error("node-opcua has changed: TCP_transport has no _on_socket_data");
  TCP_transport.prototype._on_socket_data = function (data) {
    const socket = this._socket;
    try {
      read.call(this, data);
    } catch (error) {
      if (!thrownByOpcua(error)) throw error;
      note(log, error);
      socket?.destroy();
      this._socket?.destroy();
    }
  };
  const survive = (error) => {
    if (!thrownByOpcua(error)) {
      log("error", "fault", { error: error?.stack ?? String(error) });
      process.exit(70); // the service manager starts it again; what the queue holds is on the disk
    }
    note(log, error);
    lost(error);
  };
  process.on("uncaughtException", survive).on("unhandledRejection", survive);
}
