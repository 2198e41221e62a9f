#!/usr/bin/env bash
# What a record costs now, as a ratio to the last release: builds both, and goes on with compare.py, which the arguments are for.
#   src/bench/compare-with-release.sh [RECORDS] [--warm-up SECONDS] [--processes PAIRS] [--bound RATIO]
set -euo pipefail
cd "$(dirname "$0")/../.."

# Before the first release it is what was there a week ago, and in a younger history the commit before this one.
base=$(git describe --tags --abbrev=0 --match 'v[0-9]*' HEAD^ 2>/dev/null) ||
  base=$(git rev-list --max-count=1 --before='7 days ago' HEAD^)
base=${base:-HEAD^}
echo "new: $(git log -1 --format='%h of %cs' HEAD)"
echo "old: $(git log -1 --format='%h of %cs' "$base") ($base)"

old=$(mktemp -d)
end() {
  git worktree remove --force "$old/tree" 2>/dev/null || true
  rm -rf "$old"
}
trap end EXIT
git worktree add --quiet --detach "$old/tree" "$base"
(cd "$old/tree" && mvn -B -ntp -q package -Dproduction -DskipTests)
mvn -B -ntp -q package -Dproduction -DskipTests
mvn -B -ntp -q -Pbench compile
python3 src/bench/compare.py "$old/tree" "$PWD" "$@"
