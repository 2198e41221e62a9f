#!/usr/bin/env bash
# What a release consists of, on GitHub and anywhere else:
#   src/deploy/release/release.sh check v0.1.0   whether these sources may be released as that
#   src/deploy/release/release.sh notes v0.1.0   what CHANGELOG.md says of it
#   src/deploy/release/release.sh pack           what a production build has left in target, as an archive in target/release
#   src/deploy/release/release.sh make v0.1.0    all of that: an archive without a sink and one for each, with checksums
# The same sources make the same archives, byte for byte.
set -euo pipefail
cd "$(dirname "$0")/../../.."

version=$(sed -n 's#^  <version>\(.*\)</version>$#\1#p' pom.xml)

fail() {
  echo "no release: $*" >&2
  exit 1
}

# The heading and what is under it, up to the next version's
section() {
  awk -v version="$version" '/^## /{found = $2 == version} found' CHANGELOG.md
}

notes() {
  section | sed 1d | sed '/./,$!d'
}

check() {
  [ "$1" = "v$version" ] || fail "the tag is '$1', but the version in pom.xml asks for 'v$version'"
  [ "${version%-SNAPSHOT}" = "$version" ] || fail "the version in pom.xml is '$version'"
  local heading
  heading=$(section | sed -n 1p)
  [ -n "$heading" ] || fail "CHANGELOG.md has no section '## $version'"
  grep -Eq '[0-9]{4}-[0-9]{2}-[0-9]{2}$' <<<"$heading" ||
    fail "CHANGELOG.md has '$heading', which is to end with the day of the release (2026-01-31)"
  [ "$(section | grep -c '^- ')" -gt 0 ] || fail "CHANGELOG.md says nothing under '$heading'"
}

# $1: a sink that the build has, or nothing
pack() {
  local name=loginstream-$version${1:+-$1} day
  day=$(sed -n 's#.*<project.build.outputTimestamp>\(.*\)</project.build.outputTimestamp>.*#\1#p' pom.xml)
  mkdir -p target/release
  tar --create --format=gnu --sort=name --mtime="$day" --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX \
    --transform="s,^,$name/," \
    -C target loginstream.jar lib loginstream.cdx.json licenses.txt -C .. LICENSE CHANGELOG.md routes |
    gzip -n >"target/release/$name.tar.gz"
  # Beside it as well, for whoever looks for what is in it before.
  cp target/loginstream.cdx.json "target/release/$name.cdx.json"
}

make() {
  check "$1"
  rm -rf target/release
  local sink
  for sink in "" postgres iceberg; do
    mvn -B -ntp -q package -Dproduction -DskipTests ${sink:+"-D$sink"}
    pack "$sink"
  done
  notes >target/release-notes.md
  cd target/release
  sha256sum -- * >../SHA256SUMS
  mv ../SHA256SUMS .
  cat SHA256SUMS
}

case "${1:-} $#" in
  "check 2") check "$2" ;;
  "notes 2") check "$2"; notes ;;
  "pack 1") pack "" ;;
  "make 2") make "$2" ;;
  *) sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "$0" >&2; exit 2 ;;
esac
