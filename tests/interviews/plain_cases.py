"""Whole interviews as lines that somebody types, for transcripts and benchmarks."""

# Answers that are typed: an ordinary man of 67, and a daughter who answers for her father.
CASES = {
    "ordinary": "\n1\nabout 67\n2\n0\n0\n0\n0\n0\n0\n0\n1\n4\n3\n0\n1\n2\n1\n0\n0\n2\n0\nbendrofl\n1\n0\n2\n0\n0\n0\n1\n2\n0\n3\n8\n",
    "for_another": "\nw\n\n3\neighty-one\nb\n81\n2\n?\n\n0\n0\n0\n2?\nn\n0\n0\n0\n1\n4\n3\n0\n1\n2\n1\n0\n0\n1\n0\n0\n0\n0\n1\n2\n2\n82\n0\n1\n8\n",
}
