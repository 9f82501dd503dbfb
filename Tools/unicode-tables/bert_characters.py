"""Writes Sources/Learning/Tokenizers/BertCharacters.swift: what BERT's tokenizer does to characters.

    pip install tokenizers==0.23.3
    python bert_characters.py > ../../Sources/Learning/Tokenizers/BertCharacters.swift

The peer that ids must equal, Hugging Face's `tokenizers`, mixes versions of Unicode: general
categories of 8.0, canonical decompositions and combining classes of 9.0, lower case and white
space of 17.0. So the tables are asked of it, one scalar value after the other, and compared with
Python's own Unicode data where both know a character.
"""

import sys
import unicodedata

import tokenizers
from tokenizers import normalizers, pre_tokenizers

KEEP, DROP, SPACE, PUNCTUATION, MARK, STARTER_MARK, NONSTARTER = range(7)
SCALARS = [c for c in range(0x110000) if not 0xD800 <= c < 0xE000]
HANGUL = range(0xAC00, 0xD7A4)


def bert(**on):
    off = dict(clean_text=False, handle_chinese_chars=False, strip_accents=False, lowercase=False)
    return normalizers.BertNormalizer(**(off | on)).normalize_str


clean, strip = bert(clean_text=True), bert(strip_accents=True)
lower, nfd = normalizers.Lowercase().normalize_str, normalizers.NFD().normalize_str
words = pre_tokenizers.BertPreTokenizer().pre_tokenize_str


def follows_reordering(text):
    """Whether a canonical combining class above 0 is known for the text's only character."""
    return nfd("a\u0345" + text) != "a\u0345" + text or nfd("a" + text + "\u0334") != "a" + text + "\u0334"


def combining_class(text):
    """The class of a reordered character: that of the characters which it neither passes nor lets pass."""
    value = unicodedata.combining(text)
    for other in map(chr, SCALARS):
        known = unicodedata.combining(other)
        if other == text or not known or not follows_reordering(other) or nfd(other) != other:
            continue
        assert (nfd("a" + other + text) == "a" + text + other) == (known > value), hex(ord(text))
        assert (nfd("a" + text + other) == "a" + other + text) == (known < value), hex(ord(text))
    return value


def classify(c):
    s = chr(c)
    cleaned = clean("a" + s + "b")
    if cleaned == "ab":
        return DROP
    if cleaned == "a b":
        return SPACE
    assert cleaned == "a" + s + "b", hex(c)
    pieces = len(words("a" + s + "b"))
    assert pieces in (1, 3), hex(c)
    parts = nfd(s)
    if strip("a" + s) == "a":
        assert pieces == 1, hex(c)
        return MARK if all(follows_reordering(p) for p in parts) else STARTER_MARK
    if len(parts) == 1 and parts == s and follows_reordering(s):
        assert pieces == 1, hex(c)
        return NONSTARTER
    return PUNCTUATION if pieces == 3 else KEEP


def array(name, comment, values, per_line):
    print(f"\n  /// {comment[0]}")
    for line in comment[1:]:
        print(f"  ///{' ' if line else ''}{line}")
    print(f"  static let {name}: [UInt32] = [")
    for start in range(0, len(values), per_line):
        print("    " + ", ".join(f"0x{v:X}" for v in values[start : start + per_line]) + ",")
    print("  ]")


def main():
    classes = {c: classify(c) for c in SCALARS}
    transitions, last = [], KEEP
    for c in range(0x110000):
        now = classes.get(c, last)
        if now != last:
            transitions.append(c << 8 | now)
            last = now

    reordered = []
    for c in SCALARS:
        if classes[c] == NONSTARTER:
            reordered += [c << 8 | combining_class(chr(c))]

    runs, expansions = [], []
    previous = None
    for c in SCALARS:
        # Cleaning comes first, so what it takes or makes a space is never decomposed.
        kept = strip("a" + chr(c))[1:]
        if kept in (chr(c), "") or c in HANGUL or classes[c] in (DROP, SPACE):
            continue
        scalars = [ord(p) for p in kept]
        assert all(classes[s] not in (DROP, SPACE, MARK, STARTER_MARK) for s in scalars), hex(c)
        # No mark that is stripped and stops the reordering may follow one that is reordered and kept.
        marks = [classes[ord(p)] for p in nfd(chr(c))]
        assert STARTER_MARK not in marks or NONSTARTER not in marks, hex(c)
        if len(scalars) > 1:
            expansions += [c, len(scalars)] + scalars
            continue
        if previous != c - 1:
            runs += [0x8000_0000 | c]
        runs += scalars
        previous = c

    case_runs, case_expansions, pairs = [], [], []
    for c in SCALARS:
        small = lower(chr(c))
        if small == chr(c):
            continue
        assert classes[c] == KEEP and all(classes[ord(p)] in (KEEP, MARK) for p in small), hex(c)
        if unicodedata.category(chr(c)) != "Cn":
            assert small == chr(c).lower(), hex(c)
        if len(small) > 1:
            case_expansions += [c, len(small)] + [ord(p) for p in small]
        else:
            pairs.append((c, ord(small)))
    at = 0
    while at < len(pairs):
        (c, small), count, stride = pairs[at], 1, 1
        if at + 1 < len(pairs) and pairs[at + 1][0] - c in (1, 2):
            stride = pairs[at + 1][0] - c
        while at + count < len(pairs) and pairs[at + count] == (c + count * stride, small + count * stride):
            count += 1
        case_runs += [c, count << 8 | stride, small]
        at += count

    print(f"// Written by Tools/unicode-tables/bert_characters.py with tokenizers {tokenizers.__version__};")
    print(f"// compared with the Unicode Character Database {unicodedata.unidata_version}.")
    print("""
/// What BERT's tokenizer does to characters: its tables of Unicode, pinned.
///
/// Hugging Face's tokenizer mixes versions of Unicode, and ids must equal its own.
enum BertCharacters {
  /// Version of the general categories: what is a control, a punctuation mark, an accent.
  static let categoryVersion = "8.0.0"
  /// Version of the canonical decompositions and combining classes.
  static let decompositionVersion = "9.0.0"
  /// Version of the lower case mappings and of white space.
  static let caseVersion = "17.0.0\"""")
    array(
        "transitions",
        ["Where the class of the scalars changes: `scalar << 8 | class`.", "",
         "A class holds up to the next entry; before the first it is 0. The classes are those of",
         "``CharacterClass``."],
        transitions, 8)
    array(
        "combiningClasses",
        ["The combining class of each scalar that is reordered but not stripped: `scalar << 8 | class`."],
        reordered, 8)
    array(
        "decompositions",
        ["What is left of a scalar's full decomposition when accents are stripped, if one scalar is.", "",
         "Runs: the first scalar with bit 31 set, then what is left of it and of those after it."],
        runs, 9)
    array(
        "expansions",
        ["Decompositions of which several scalars are left: scalar, how many, which."], expansions, 9)
    array(
        "lowercase",
        ["Lower case: first scalar, `count << 8 | stride`, lower case of the first.", "",
         "Both sides grow by the stride."],
        case_runs, 9)
    array(
        "lowercaseExpansions",
        ["Lower case of several scalars: scalar, how many, which."], case_expansions, 9)
    print("}")
    print(len(transitions), len(reordered), len(runs), len(expansions), len(case_runs), file=sys.stderr)


main()
