#!/usr/bin/env python3
"""What a record costs in one state of the project, as a ratio to another state.

    python3 src/bench/compare.py OLD_TREE NEW_TREE [RECORDS] [--warm-up SECONDS] [--processes PAIRS] [--bound RATIO]

Both trees are built before (mvn package -Dproduction -DskipTests), and the one this script is in has its benchmark compiled
(mvn -Pbench compile). One broker, one topic of logins; a process of each state works it off into topics of its own. They
take turns of two seconds, the other one stopped (SIGSTOP) meanwhile, so that a neighbour's noise, and what the machine does
by and by, hits both. The first minute warms up. A process may be a slow one from its start, so there are several pairs, one
after the other, and the states take turns in being started first. With a bound it fails where the median is above it. Linux
only: processor time is read from /proc.
"""
import argparse
import os
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

TURN_SECONDS = 2
USED_UP = 50_000  # a turn with fewer records has come to the end of the topic
TREE = os.path.realpath(os.path.join(os.path.dirname(__file__), "../.."))
PORT = 39092
TICKS = os.sysconf("SC_CLK_TCK")


class State:
    """A process of one of the states."""

    def __init__(self, name, pair, tree, folder, port):
        self.name = name
        self.port = port
        group = group_of(name, pair)
        self.turns = []
        changes = {
            "loginstream.output.topic": group + "-out",
            "loginstream.dead-letter.topic": group + "-dlq",
            "loginstream.group": group,
            "loginstream.console.enabled": "false",
            "camel.management.port": port,
        }
        self.process = subprocess.Popen(
            ["java", "-Xmx1g", "-XX:+UseParallelGC", *options(changes), "-jar", os.path.join(tree, "target/loginstream.jar")],
            env=environment(), cwd=tree, stdout=open(os.path.join(folder, group + ".log"), "w"), stderr=subprocess.STDOUT)

    def await_start(self):
        for _ in range(300):
            try:
                self.done()
                return
            except OSError:
                time.sleep(0.2)
        sys.exit("it does not start: " + " ".join(self.process.args))

    def done(self):
        url = "http://127.0.0.1:%d/observe/metrics" % self.port
        text = urllib.request.urlopen(url, timeout=20).read().decode()
        return sum(float(n) for n in re.findall(r"^loginstream_records_total\{[^}]*\} (\S+)", text, re.MULTILINE))

    def processor_seconds(self):
        with open("/proc/%d/stat" % self.process.pid) as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def pause(self):
        self.process.send_signal(signal.SIGSTOP)

    def turn(self):
        """Its processor seconds, records and seconds."""
        self.process.send_signal(signal.SIGCONT)
        before = self.done(), self.processor_seconds(), time.monotonic()
        time.sleep(TURN_SECONDS)
        after = self.done(), self.processor_seconds(), time.monotonic()
        self.pause()
        records, processor, seconds = (b - a for a, b in zip(before, after))
        return processor, records, seconds


def group_of(name, pair):
    return "%s-%d" % (name, pair)


def options(changes):
    return ["-D%s=%s" % change for change in changes.items()]


def environment():
    return dict(os.environ, KAFKA_BOOTSTRAP_SERVERS="127.0.0.1:%d" % PORT, LOGINSTREAM_INPUT_TOPIC="in")


def start_broker(folder, topics):
    libraries = os.path.join(folder, "classpath")
    subprocess.check_call(["mvn", "-q", "-Pbench", "dependency:build-classpath", "-Dmdep.outputFile=" + libraries], cwd=TREE)
    with open(libraries) as file:
        classpath = os.path.join(TREE, "target/bench/classes") + ":" + file.read().strip()
    broker = subprocess.Popen(
        ["java", "-Xms2g", "-Xmx2g", "-Djava.io.tmpdir=" + folder, "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
         "-Dslf4j.provider=org.slf4j.simple.SimpleServiceProvider", "-Dslf4j.internal.verbosity=WARN",
         "-cp", classpath, "loginstream.bench.BrokerProcess", str(PORT), *topics],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    while b"READY" not in broker.stdout.readline():
        if broker.poll() is not None:
            sys.exit("the broker does not start")
    return broker


def measure_pair(pair, trees, folder, warm_up):
    """The turns of each state, pair by pair of turns."""
    order = list(trees.items())
    if pair % 2 == 1:
        order.reverse()
    states = [State(name, pair, tree, folder, 19876 + i) for i, (name, tree) in enumerate(order)]
    try:
        take_turns(list(states), warm_up)
    finally:
        for state in states:
            state.process.kill()
            state.process.wait()
    return {state.name: state.turns for state in states}


def take_turns(states, warm_up):
    for state in states:
        state.await_start()
        state.pause()
    begin = time.monotonic()
    while time.monotonic() - begin < warm_up:
        for state in states:
            state.turn()
    while True:
        turns = {state: state.turn() for state in states}
        if min(records for _, records, _ in turns.values()) < USED_UP:
            if not states[0].turns:
                sys.exit("too few logins in a turn: the warm-up has used them up, or the machine is busy")
            return
        for state, turn in turns.items():
            state.turns.append(turn)
        states.reverse()


def totals(turns):
    """Processor seconds for each record, and records for each second."""
    processor, records, seconds = (sum(column) for column in zip(*turns))
    return processor / records, records / seconds


def report(heading, turns):
    """Prints the figures; the median of the ratios of pairs of turns."""
    print(heading)
    for name in ("old", "new"):
        cost, throughput = totals(turns[name])
        print("  %-4s %.2f µs of processor time per record, %s records/s" % (name, 1e6 * cost, f"{throughput:,.0f}"))
    old, new = ([processor / records for processor, records, _ in turns[name]] for name in ("old", "new"))
    ratios = sorted(b / a for a, b in zip(old, new))
    print("  new / old: %.2f x in all, %.2f x in the median of %d pairs of turns (quartiles %.2f to %.2f)" % (
        totals(turns["new"])[0] / totals(turns["old"])[0], statistics.median(ratios), len(ratios),
        ratios[len(ratios) // 4], ratios[3 * len(ratios) // 4]), flush=True)
    return statistics.median(ratios)


def load(tree, records):
    print("loading %s logins" % records, flush=True)
    subprocess.check_call(
        ["java", "-jar", os.path.join(tree, "target/loginstream.jar"), "generate",
         "--rate", "0", "--count", records, "--bad-share", "0.05", "--seed", "7"],
        env=environment(), stdout=subprocess.DEVNULL)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("trees", metavar="TREE", nargs=2)
    parser.add_argument("records", metavar="RECORDS", nargs="?", default="25000000")
    parser.add_argument("--warm-up", metavar="SECONDS", type=float, default=60)
    parser.add_argument("--processes", metavar="PAIRS", type=int, default=2)
    parser.add_argument("--bound", metavar="RATIO", type=float, default=float("inf"))
    arguments = parser.parse_args()
    trees = dict(zip(("old", "new"), arguments.trees))
    pairs = range(arguments.processes)
    outputs = [group_of(name, pair) + kind for name in trees for pair in pairs for kind in ("-out", "-dlq")]
    every = {name: [] for name in trees}
    with tempfile.TemporaryDirectory(prefix="loginstream-compare-") as folder:
        broker = start_broker(folder, ["in", *outputs])
        try:
            load(trees["new"], arguments.records)
            for pair in pairs:
                turns = measure_pair(pair, trees, folder, arguments.warm_up)
                report("processes %d of %d" % (pair + 1, len(pairs)), turns)
                for name, own in turns.items():
                    every[name] += own
        finally:
            broker.kill()
            broker.wait()
    median = report("all", every)
    if median > arguments.bound:
        sys.exit("a record costs more than %.2f x what it cost" % arguments.bound)


if __name__ == "__main__":
    main()
