#!/usr/bin/env python3
"""Check a copy of a record of Total Place, with nothing but Python 3.9 or newer.

    python3 verify_record.py record.jsonl [HEAD.json ...] [--key HEX]

`record.jsonl` is what `totalplace record export` writes, from its first entry on; each HEAD.json is
a head that was published, kept by whoever does not trust the record. It ends with 0 where nothing
was changed, removed or inserted before the last head, and 1 where something was. It shares no line
with the program that wrote the record.
"""
# ruff: noqa: ANN001, ANN201, PTH123, T201
# (it is for those who want to read what it does, and no more)

import argparse
import hashlib
import json
import sys

# Ed25519 as in RFC 8032, 5.1: slow, short, and enough to check what others signed.
P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)  # of -1


def point(y, odd):
    """The point of a height, whose distance is odd or even; None where there is none."""
    xx = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(xx, (P + 3) // 8, P)
    x = x if x * x % P == xx else x * ROOT % P
    if y >= P or x * x % P != xx or (x == 0 and odd):
        return None
    x = x if x % 2 == odd else P - x
    return (x, y, 1, x * y % P)


def add(p, q):
    """The sum of two points, in extended coordinates."""
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * p[3] * q[3] * D, 2 * p[2] * q[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(n, p):
    """A point so many times."""
    total = (0, 1, 1, 0)
    while n:
        total, p, n = add(total, p) if n & 1 else total, add(p, p), n >> 1
    return total


def read_point(raw):
    """The point that 32 bytes stand for."""
    n = int.from_bytes(raw, "little")
    return point(n & (1 << 255) - 1, n >> 255)


def is_signed(key, text, signature):
    """Whether a signature over a text is that of a public key."""
    a, r, s = read_point(key), read_point(signature[:32]), int.from_bytes(signature[32:], "little")
    if len(key) != 32 or len(signature) != 64 or a is None or r is None or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % L
    left, right = times(s, point(4 * pow(5, P - 2, P) % P, 0)), add(r, times(k, a))
    return all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))


def as_json(said):
    """A list as it is digested and signed."""
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def faults_of_chain(lines, digests, keys):
    """What is wrong with the entries, in turn; takes note of digests by number, and of keys."""
    number, previous = 0, "0" * 64
    for number, line in enumerate(lines, start=1):
        e = json.loads(line)
        about = e["about"]
        said = [e["number"], e["on"], e["by"], e["verb"], about["kind"], about["id"]]
        said += [e["power"], e["citing"], e["previous"]]
        digest = hashlib.sha256(as_json(said)).hexdigest()
        if e["number"] != number:
            yield f"entry {number} is missing: entry {e['number']} stands in its place"
            return
        if e["previous"] != previous:
            yield f"entry {number} does not follow from the one before it"
        if e["digest"] != digest:
            yield f"entry {number} is not as it was written"
        digests[number] = previous = e["digest"]
        if about["kind"] == "key" and e["verb"] == "began to sign heads with":
            keys.setdefault(about["id"], number)


def fault_of_head(head, digests, keys, trusted):
    """What is wrong with a head, or with the entries that it does not fit; None if nothing is."""
    number, key = head["number"], head["key"]
    text = as_json([head["format"], number, head["digest"], head["on"], key])
    if head["format"] != "totalplace record head 1":
        return "is of a format that is not known here"
    if not is_signed(bytes.fromhex(key), text, bytes.fromhex(head["signature"])):
        return "is not signed as it says"
    if key not in trusted if trusted else keys.get(key, 0 if not keys else number + 1) > number:
        return "is signed with an unknown key"
    if number not in digests:
        return f"has {number} entries, but the record was cut off after {len(digests)}"
    if digests[number] != head["digest"]:
        return f"has another digest of entry {number}: something up to it was written anew"
    return None


def main():
    """Check what is given, and tell what was found."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("record")
    asked.add_argument("heads", nargs="*")
    asked.add_argument("--key", action="append", default=[], help="a public key noted elsewhere")
    given = asked.parse_args()
    digests, keys = {}, {}
    with open(given.record, encoding="utf-8") as lines:
        found = list(faults_of_chain(lines, digests, keys))
    for name in given.heads:
        with open(name, encoding="utf-8") as file:
            fault = fault_of_head(json.load(file), digests, keys, given.key)
        found += [f"{name} {fault}"] if fault else []
    print("\n".join(found) or f"{len(digests)} entries and {len(given.heads)} heads: all whole.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
