// SPDX-License-Identifier: Apache-2.0
/// Writes and reads Sparkplug B payloads: the part of the public protobuf description that a gateway of scalar values needs.
/// Source: Eclipse Sparkplug 3.0.0, section 6.4 (field numbers, data types, the Quality property).

/** Data types by their numbers in the specification. */
export const Type = Object.freeze({
  Int8: 1,
  Int16: 2,
  Int32: 3,
  Int64: 4,
  UInt8: 5,
  UInt16: 6,
  UInt32: 7,
  UInt64: 8,
  Float: 9,
  Double: 10,
  Boolean: 11,
  String: 12,
  DateTime: 13,
});
export const Quality = Object.freeze({ bad: 0, good: 192 });

const INT = new Set([Type.Int8, Type.Int16, Type.Int32, Type.UInt8, Type.UInt16, Type.UInt32]);
const SIGNED = { [Type.Int8]: 8, [Type.Int16]: 16, [Type.Int32]: 32, [Type.Int64]: 64 };
const LONG = new Set([Type.Int64, Type.UInt64, Type.DateTime]);
const VARINT = 0,
  FIXED64 = 1,
  BYTES = 2,
  FIXED32 = 5;

class Writer {
  #parts = [];
  #varint(value) {
    let rest = BigInt(value);
    const bytes = [];
    for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
    bytes.push(Number(rest));
    this.#parts.push(Buffer.from(bytes));
  }
  #key(field, wire) {
    this.#varint((field << 3) | wire);
  }
  varint(field, value) {
    this.#key(field, VARINT);
    this.#varint(value);
  }
  bytes(field, buffer) {
    this.#key(field, BYTES);
    this.#varint(buffer.length);
    this.#parts.push(buffer);
  }
  text(field, value) {
    this.bytes(field, Buffer.from(value, "utf8"));
  }
  float(field, value) {
    this.#key(field, FIXED32);
    const b = Buffer.alloc(4);
    b.writeFloatLE(value);
    this.#parts.push(b);
  }
  double(field, value) {
    this.#key(field, FIXED64);
    const b = Buffer.alloc(8);
    b.writeDoubleLE(value);
    this.#parts.push(b);
  }
  done() {
    return Buffer.concat(this.#parts);
  }
}

/** Every field of a message as {field, wire, value}; throws where the bytes are no protobuf message. */
function* fields(buffer) {
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (at >= buffer.length) throw new Error("payload ends inside a number");
      const byte = buffer[at++];
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return BigInt.asUintN(64, value);
    }
    throw new Error("a number in the payload is longer than 64 bits");
  };
  const take = (length) => {
    if (length > buffer.length - at) throw new Error("payload ends inside a field");
    at += length;
    return buffer.subarray(at - length, at);
  };
  while (at < buffer.length) {
    const key = Number(varint());
    const wire = key & 7;
    if (wire === VARINT) yield { field: key >>> 3, value: varint() };
    else if (wire === FIXED64) yield { field: key >>> 3, value: take(8) };
    else if (wire === BYTES) yield { field: key >>> 3, value: take(Number(varint())) };
    else if (wire === FIXED32) yield { field: key >>> 3, value: take(4) };
    else throw new Error(`payload has a field of unknown wire type ${wire}`);
  }
}

/** A status that OPC UA calls Good (its two top bits are zero). */
export const isGood = (status) => status >>> 30 === 0;

/** Properties of a metric whose status is not plain Good: what Sparkplug knows (good or bad) and OPC UA's code as it came. */
function encodeStatus(status) {
  const property = (type, value) => {
    const w = new Writer();
    w.varint(1, type);
    w.varint(3, value);
    return w.done();
  };
  const w = new Writer();
  w.text(1, "Quality");
  w.text(1, "StatusCode");
  w.bytes(2, property(Type.Int32, isGood(status) ? Quality.good : Quality.bad));
  w.bytes(2, property(Type.UInt32, status >>> 0));
  return w.done();
}

function encodeMetric(m) {
  const w = new Writer();
  if (m.name !== undefined) w.text(1, m.name);
  if (m.alias !== undefined) w.varint(2, m.alias);
  w.varint(3, m.time);
  w.varint(4, m.type);
  if (m.historical) w.varint(5, 1);
  if (m.value === null) w.varint(7, 1);
  if (m.status) w.bytes(9, encodeStatus(m.status));
  if (m.value !== null) {
    if (INT.has(m.type)) w.varint(10, m.value >>> 0);
    else if (LONG.has(m.type)) w.varint(11, BigInt.asUintN(64, BigInt(m.value)));
    else if (m.type === Type.Float) w.float(12, m.value);
    else if (m.type === Type.Double) w.double(13, m.value);
    else if (m.type === Type.Boolean) w.varint(14, m.value ? 1 : 0);
    else if (m.type === Type.String) w.text(15, m.value);
    else throw new Error(`no Sparkplug data type ${m.type}`);
  }
  return w.done();
}

/**
 * {time, seq, metrics: [{name and/or alias, time [ms since 1970], type, value, status, historical}]} as bytes.
 * value: null, number, string, boolean, or BigInt for the 64-bit types; status: OPC UA's code, 0 or undefined for Good.
 * Without seq (a death certificate and what is stored on disk have none) the field is left out.
 */
export function encodePayload({ time, seq, metrics }) {
  const w = new Writer();
  w.varint(1, time);
  for (const metric of metrics) w.bytes(2, encodeMetric(metric));
  if (seq !== undefined) w.varint(3, seq);
  return w.done();
}

function decodeStatus(buffer) {
  const keys = [],
    values = [];
  for (const { field, value } of fields(buffer)) {
    if (field === 1) keys.push(value.toString("utf8"));
    if (field === 2) values.push([...fields(value)].find((f) => f.field === 3)?.value);
  }
  const property = (name) => values[keys.indexOf(name)];
  const code = property("StatusCode"),
    quality = property("Quality");
  if (code !== undefined) return Number(code);
  return quality === undefined || Number(quality) === Quality.good ? 0 : 0x80000000;
}

function decodeMetric(buffer) {
  const m = { value: null, status: 0, historical: false };
  let raw, field;
  for (const f of fields(buffer)) {
    if (f.field === 1) m.name = f.value.toString("utf8");
    else if (f.field === 2) m.alias = Number(f.value);
    else if (f.field === 3) m.time = Number(f.value);
    else if (f.field === 4) m.type = Number(f.value);
    else if (f.field === 5) m.historical = f.value !== 0n;
    else if (f.field === 9) m.status = decodeStatus(f.value);
    else if (f.field >= 10 && f.field <= 15) ({ field, value: raw } = f);
  }
  if (raw === undefined) return m;
  const bits = SIGNED[m.type];
  if (field === 10) m.value = Number(bits ? BigInt.asIntN(bits, raw) : raw);
  else if (field === 11) m.value = bits ? BigInt.asIntN(64, raw) : raw;
  else if (field === 12) m.value = raw.readFloatLE();
  else if (field === 13) m.value = raw.readDoubleLE();
  else if (field === 14) m.value = raw !== 0n;
  else m.value = raw.toString("utf8");
  return m;
}

/** The reverse of encodePayload. Throws an Error with plain words where the bytes are no payload. */
export function decodePayload(buffer) {
  const payload = { metrics: [] };
  try {
    for (const { field, value } of fields(buffer)) {
      if (field === 1) payload.time = Number(value);
      else if (field === 2) payload.metrics.push(decodeMetric(value));
      else if (field === 3) payload.seq = Number(value);
    }
  } catch (error) {
    // a field of the wrong wire type shows up as a TypeError or RangeError
    throw new Error(`not a Sparkplug payload: ${error.message}`);
  }
  return payload;
}
