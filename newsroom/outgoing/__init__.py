"""How we reach other machines: which addresses may be named, and connections that go to no other than those."""
