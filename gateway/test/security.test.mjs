// SPDX-License-Identifier: Apache-2.0
/// Signed and encrypted, with user and password: a server is trusted only by a person's hand, and nothing lands in HOME.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { end, folder, freePort, haveBroker, Host, settings, startBroker, startGateway, startPlant, until } from "./support.mjs";

const skip = haveBroker ? false : "mosquitto is not installed here";
const files = (at) => (fs.existsSync(at) ? fs.readdirSync(at).filter((name) => /\.(pem|der)$/.test(name)) : []);
function move(from, to) {
  for (const name of files(from)) fs.renameSync(path.join(from, name), path.join(to, name));
}

for (const security of ["sign", "sign_and_encrypt"]) {
  test(
    `${security}: refused until both sides trust each other's certificate, then data flow; a wrong password is told`,
    { skip },
    async () => {
      const [plantFolder, gatewayFolder] = [folder(), folder()];
      const [brokerPort, plantPort] = [await freePort(), await freePort()];
      let broker, plant, gateway;
      const host = new Host();
      try {
        broker = await startBroker(brokerPort);
        plant = await startPlant(plantPort, plantFolder, "secure");
        await host.connect(brokerPort);
        const secret = path.join(gatewayFolder, "password");
        fs.writeFileSync(secret, "wrong\n", { mode: 0o600 });
        const opcua = `security = "${security}"\nuser = "reader"\npassword_file = "password"\n`;
        const toml = settings({ endpoint: plant.endpoint, broker: brokerPort, nodes: ["COUNT"], opcua });
        const env = { HOME: path.join(gatewayFolder, "home") };
        const start = () => startGateway(gatewayFolder, toml, env);
        gateway = start();

        const pki = path.join(gatewayFolder, "pki");
        await until(
          () => files(path.join(pki, "rejected")).length,
          () => `the server's certificate in rejected/\n${gateway.log()}`,
        );
        await until(
          () => /opcua_not_reached.*move its certificate/.test(gateway.log()),
          () => gateway.log(),
        );
        assert.deepEqual(host.of("DBIRTH"), [], "nothing was read");
        move(path.join(pki, "rejected"), path.join(pki, "trusted/certs"));

        await until(
          () => /opcua_not_reached.*BadSecurityChecksFailed/.test(gateway.log()),
          () => `refused by the server\n${gateway.log()}`,
          60000,
        );
        await end(plant);
        move(path.join(plantFolder, "rejected"), path.join(plantFolder, "trusted/certs"));
        plant = await startPlant(plantPort, plantFolder, "secure");

        await until(
          () => /opcua_not_reached.*(BadUserAccessDenied|BadIdentityTokenRejected)/.test(gateway.log()),
          () => `the wrong password is told\n${gateway.log()}`,
          60000,
        );
        assert.ok(!gateway.log().includes("wrong"), "and not written to the log");
        fs.writeFileSync(secret, "let me read\n");
        await until(
          () => host.last("COUNT")?.status === 0,
          () => `data\n${gateway.log()}`,
          60000,
        );
        assert.ok(!gateway.log().includes("let me read"));
        assert.equal(fs.existsSync(env.HOME), false, "nothing was written to HOME");
        assert.equal(fs.statSync(path.join(pki, "own/private/private_key.pem")).mode & 0o077, 0, "the key is for its owner alone");
      } finally {
        for (const child of [gateway, plant, broker]) await end(child);
        await host.close();
        for (const at of [plantFolder, gatewayFolder]) fs.rmSync(at, { recursive: true });
      }
    },
  );
}
