// SPDX-License-Identifier: Apache-2.0
/// Payloads: the bytes that protobuf's rules give, every type there and back, and rubbish refused with words.
import assert from "node:assert/strict";
import { test } from "node:test";
import { decodePayload, encodePayload, Type } from "../lib/sparkplug.mjs";

test("A payload's bytes are those the protobuf rules give, worked out by hand", () => {
  // field 1 varint 1; field 2: {1:"a", 3: 2, 4: 9 (Float), 12: 1.5f}; field 3 varint 7
  const bytes = encodePayload({ time: 1, seq: 7, metrics: [{ name: "a", time: 2, type: Type.Float, value: 1.5, status: 0 }] });
  assert.equal(bytes.toString("hex"), "0801" + "120c" + "0a0161" + "1802" + "2009" + "650000c03f" + "1807");
});

const cases = [
  [Type.Double, NaN],
  [Type.Double, -0],
  [Type.Double, 5e-324],
  [Type.Double, Infinity],
  [Type.Double, 3.0625],
  [Type.Float, Math.fround(3.1)],
  [Type.Boolean, true],
  [Type.Boolean, false],
  [Type.String, "碱 Ω"],
  [Type.String, ""],
  [Type.Int8, -128],
  [Type.Int16, -1],
  [Type.Int32, -2147483648],
  [Type.UInt8, 255],
  [Type.UInt16, 65535],
  [Type.UInt32, 4294967295],
  [Type.Int64, -9223372036854775808n],
  [Type.Int64, 9007199254740993n],
  [Type.UInt64, 18446744073709551615n],
  [Type.DateTime, 1795500000000n],
  [Type.Double, null],
  [Type.String, null],
];
test("Every type comes back as it went, with its status", () => {
  for (const [type, value] of cases)
    for (const status of [0, 0x40920000, 0x80310000, 0xffff0000]) {
      const [m] = decodePayload(
        encodePayload({ time: 1, metrics: [{ alias: 300, time: 1795500000123, type, value, status, historical: true }] }),
      ).metrics;
      assert.ok(Object.is(m.value, value), `${type}: ${value} became ${m.value}`);
      assert.deepEqual([m.alias, m.time, m.type, m.status, m.historical], [300, 1795500000123, type, status, true]);
    }
});

test("An OPC UA status is told to Sparkplug readers too: 0 bad or uncertain, 192 good", () => {
  const text = (status) =>
    encodePayload({ time: 1, metrics: [{ alias: 1, time: 1, type: Type.Double, value: 1, status }] }).toString("hex");
  const quality = (n) => Buffer.from([0x12, n > 127 ? 5 : 4, 8, 3, 24, ...(n > 127 ? [(n & 127) | 128, n >> 7] : [n])]).toString("hex");
  assert.ok(text(0x80310000).includes(quality(0)));
  assert.ok(text(0x40920000).includes(quality(0)), "uncertain counts as bad for who knows only two");
  assert.ok(text(0x00960000).includes(quality(192)), "GoodLocalOverride is good");
  assert.ok(!text(0).includes(Buffer.from("Quality").toString("hex")), "plain Good needs no words");
});

test("Rubbish is refused with words, whatever it is", () => {
  let seed = 12345;
  const random = () => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) / 0x7fffffff;
  const good = encodePayload({
    time: 1,
    seq: 3,
    metrics: [{ name: "Node Control/Rebirth", time: 2, type: Type.Boolean, value: true, status: 0x80000000 }],
  });
  let refused = 0;
  for (let i = 0; i < 20000; i++) {
    const bytes = i % 2 ? Buffer.from(good) : Buffer.alloc(Math.floor(random() * 60));
    for (let k = i % 2 ? 3 : bytes.length; k-- > 0;) bytes[i % 2 ? Math.floor(random() * bytes.length) : k] = Math.floor(random() * 256);
    try {
      decodePayload(bytes);
    } catch (error) {
      refused++;
      assert.match(error.message, /^not a Sparkplug payload/);
    }
  }
  assert.ok(refused > 5000);
});
