#!/usr/bin/env bash
# Tries an image as Kubernetes runs it: no rights, nothing to write to but /tmp.
#   src/deploy/docker/try-in-docker.sh loginstream:0.1.0 none|postgres|iceberg
set -euo pipefail

image=$1
sink=$2
run() {
  docker run --rm --read-only --tmpfs /tmp:exec --cap-drop ALL --security-opt no-new-privileges "$@"
}
fail() {
  echo "$image: $*" >&2
  exit 1
}

echo "== the user"
user=$(run --entrypoint id "$image" -u)
[ "$user" = 10001 ] || fail "it runs as $user"

echo "== the commands"
run "$image" --help
run "$image" check routes
run "$image" test routes routes/examples

echo "== without a broker it says what it needs"
code=0
run "$image" || code=$?
[ "$code" -eq 2 ] || fail "expected exit code 2, got $code"

echo "== the sink: $sink"
libraries=$(run --entrypoint ls "$image" lib)
# $1: what a library's name begins with, $2: the sink that it is there for
expect() {
  if grep -q "^$1" <<<"$libraries"; then
    [ "$sink" = "$2" ] || fail "it holds $1, which nobody has asked for"
  else
    [ "$sink" != "$2" ] || fail "it lacks $1"
  fi
}
expect flyway-core- postgres
expect iceberg-core- iceberg
