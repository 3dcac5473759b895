#!/usr/bin/env python3
"""The hottest loop of a compiled method, as instructions: for "How fast can Java go?".

  java --add-modules jdk.incubator.vector -jar target/benchmarks.jar Walk -p step='6 four chains' \\
      -f 1 -jvmArgsAppend '-XX:+UnlockDiagnosticVMOptions -XX:-TieredCompilation \\
      -XX:CompileCommand=print,lanewise.bench.walk.Vectors::fourChains' | bench/machine_code.py

Without hsdis, a JVM prints machine code as bytes; objdump (Debian: binutils) decodes them here. The
loop shown is the innermost of the last compilation that has the most multiply-adds.
"""
import re
import subprocess
import sys
import tempfile


def compilations(text):
    """The machine code of each compilation that the JVM printed."""
    for block in text.split("[MachCode]")[1:]:
        code = bytearray()
        for line in block.split("[/MachCode]")[0].splitlines():
            words = re.fullmatch(r"\s+0x[0-9a-f]+: ([0-9a-f |]+)", line)
            if words:
                code += bytes.fromhex(words.group(1).replace("|", " ").replace(" ", ""))
        yield bytes(code)


def instructions(code):
    """(address, instruction) of each, in Intel's syntax."""
    with tempfile.NamedTemporaryFile() as file:
        file.write(code)
        file.flush()
        text = subprocess.run(
            ["objdump", "-D", "-b", "binary", "-m", "i386:x86-64", "-M", "intel",
             "--no-show-raw-insn", file.name],
            check=True, capture_output=True, text=True).stdout
    for line in text.splitlines():
        found = re.match(r"\s*([0-9a-f]+):\s+(.*)", line)
        if found:
            yield int(found.group(1), 16), found.group(2)


def hottest_loop(code):
    """The innermost loop with the most multiply-adds, as lines."""
    listing = list(instructions(code))
    loops = []
    for address, instruction in listing:
        jump = re.match(r"j\w+\s+0x([0-9a-f]+)", instruction)
        if jump and int(jump.group(1), 16) < address:
            start = int(jump.group(1), 16)
            body = [text for at, text in listing if start <= at <= address]
            loops.append((start, address, sum("vfmadd" in text for text in body), body))
    inner = [one for one in loops if not any(
        other is not one and other[2] and one[0] <= other[0] and other[1] <= one[1]
        for other in loops)]
    return max(inner, key=lambda loop: loop[2], default=(0, 0, 0, []))[3]


def main():
    codes = list(compilations(sys.stdin.read()))
    if not codes:
        print("no machine code in the input: is CompileCommand=print among the JVM's options?",
              file=sys.stderr)
        return 1
    print("\n".join(hottest_loop(codes[-1])))
    return 0


if __name__ == "__main__":
    sys.exit(main())
