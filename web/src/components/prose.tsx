// SPDX-License-Identifier: Apache-2.0

/** A sentence of the server: what it has between backticks, a command or a key, is shown as code. */
export function Prose({ text }: { text: string }) {
  return <>{text.split(/`([^`]+)`/).map((part, k) => (k % 2 ? <code key={k}>{part}</code> : part))}</>
}
