"""Times a reader of Python on a file that is in memory: peers.py READER FILE RUNS, as JSON."""

import io
import json
import sys
import time


def elementtree(data):
    """The posts of a WordPress export, by the parser around expat."""
    from xml.etree import ElementTree

    return len(ElementTree.parse(io.BytesIO(data)).getroot().findall("channel/item"))


def feedparser(data):
    """The entries of a feed."""
    import feedparser

    return len(feedparser.parse(data).entries)


def main():
    reader = {"elementtree": elementtree, "feedparser": feedparser}[sys.argv[1]]
    with open(sys.argv[2], "rb") as file:
        data = file.read()
    items = reader(data)
    seconds = []
    for _ in range(int(sys.argv[3])):
        start = time.perf_counter()
        reader(data)
        seconds.append(time.perf_counter() - start)
    json.dump({"items": items, "seconds": seconds}, sys.stdout)


main()
