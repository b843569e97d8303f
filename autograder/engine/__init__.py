"""The engine for submissions that nobody trusts: an answer is questioned from another process.

Two processes talk over one socket, in frames of `wire`: JSON and raw arrays, bounded, nothing in
them to execute. The *judge* has the references, the hidden cases and the marks. The *answering*
process has run the student's cells and has none of these; it can only be asked.

1. The judge sends a request: what is the answer like, call it on these inputs, give its value.
2. A function among the inputs (an activation, a model builder) stays with the judge. The answering
   process gets a stand-in, and each call of that comes back as a request of its own.
3. The answering process sends an `Outcome`, as plain data.

Read in this order: `wire` (what a frame may hold), `answering` (the student's side), `remote`
(the judge's side: an answer port like the one a notebook uses).
"""
