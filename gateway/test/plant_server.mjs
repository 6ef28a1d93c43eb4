// SPDX-License-Identifier: Apache-2.0
/// A recording OPC UA server for the tests, forked as a process of its own so that it can be killed and frozen.
/// Counts every request by its type; COUNT goes up by one every 100 ms; commands come as messages.
import { DataType, MonitoringMode, StatusCodes, Variant, VariantArrayType } from "node-opcua";
import { startServer } from "../virtual_opcua_server.mjs";

const [port, folder, security] = process.argv.slice(2);
const requests = {};
const secure =
  security === "secure"
    ? { allowAnonymous: false, userManager: { isValidUser: (user, password) => user === "reader" && password === "let me read" } }
    : {};
const { server, set } = await startServer({ port: Number(port), folder, ...secure });
server.on("request", (request) => {
  const name = request.constructor.name;
  requests[name] = (requests[name] ?? 0) + 1;
});

let count = 0;
const step = () => set("COUNT", count++, new Date());
step();
set("LEVEL", 41.5, new Date(1795500000123), StatusCodes.Good);
set("DOUBTFUL", 7.25, new Date(1795500000456), StatusCodes.UncertainLastUsableValue);
set("BROKEN", 0, new Date(1795500000789), StatusCodes.BadSensorFailure);
set("MODE", "auto", new Date(1795500001000));
set("RUNNING", true, new Date(1795500001001));
const namespace = server.engine.addressSpace.getOwnNamespace();
const add = (name, dataType, variant) =>
  namespace
    .addVariable({ organizedBy: server.engine.addressSpace.rootFolder.objects, browseName: name, nodeId: `s=${name}`, dataType })
    .setValueFromSource(new Variant({ dataType, ...variant }), StatusCodes.Good, new Date(1795500002000));
add("BIG", DataType.Int64, { arrayType: VariantArrayType.Scalar, value: [0xffffffff, 0xfffffffe] });
add("SMALL", DataType.Int16, { value: -5 });
add("ARRAY", DataType.Double, { arrayType: VariantArrayType.Array, value: new Float64Array([1, 2]) });
setInterval(step, 100);

/** The server goes on answering and keeps the subscription alive, but its monitored items deliver nothing. */
function deafen() {
  let items = 0;
  for (const session of server.engine.getSessions())
    for (const subscription of Object.values(session.publishEngine._subscriptions))
      for (const item of subscription.monitoredItems.values()) {
        item.setMonitoringMode(MonitoringMode.Disabled);
        items++;
      }
  if (!items) throw new Error("nothing to deafen");
}

process.on("message", ({ ask, name, value, time }) => {
  if (ask === "set") set(name, value, new Date(time));
  if (ask === "deafen") deafen();
  process.send({ requests, count });
});
process.on("disconnect", () => process.exit(0)); // the test has gone
process.send({ ready: server.getEndpointUrl() });
