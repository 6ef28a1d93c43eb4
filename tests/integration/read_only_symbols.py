#!/usr/bin/env python3
"""castner only reads: no function that writes or answers Modbus is among its symbols; castner-virtual-plant, which has them,
shows that the test can see them.

  read_only_symbols.py CASTNER
"""
import pathlib, re, subprocess, sys

FORBIDDEN = re.compile(r"modbus_(write|reply|mask_write|send_raw|tcp_listen|tcp_accept|new|connect|read_registers)\w*")


def found(program):
    symbols = ""
    for options in ([], ["-D"]):   # a stripped program keeps the second table only
        symbols += subprocess.run(["nm", *options, program], capture_output=True, text=True).stdout
    if not symbols:
        sys.exit(f"nm finds no symbol in {program}")
    return sorted({m[0] for m in FORBIDDEN.finditer(symbols)})


def main():
    castner = pathlib.Path(sys.argv[1])
    virtual = castner.with_name("castner-virtual-plant")
    problems = []
    if bad := found(castner):
        problems.append(f"castner has {', '.join(bad)}; only castner-virtual-plant may")
    if "modbus_reply" not in found(virtual):
        problems.append("castner-virtual-plant has no modbus_reply: does this test see symbols at all?")
    print("\n".join(problems) or "castner cannot write Modbus")
    sys.exit(bool(problems))


main()
