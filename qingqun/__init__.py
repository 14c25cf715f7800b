"""轻群: one notice, one ping, in working time; every claim cites its clause."""
