#!/usr/bin/env bash
# Tries without Docker what the image is made of: Jib's layers, on the Java that the Dockerfile asks for, as another user,
# between the topics of a sandbox. Needs target/loginstream.jar and target/jib-image.tar:
#   mvn package -Dproduction -DskipTests jib:buildTar -Djib.from.image=scratch
set -euo pipefail
cd "$(dirname "$0")/../../.."

image=$(mktemp -d)
pids=()
end() {
  for pid in "${pids[@]}"; do
    kill "$pid" 2>/dev/null || continue
    wait "$pid" || true
  done
  rm -rf "$image"
}
trap end EXIT

# $1 port, $2 path: what is there
get() {
  exec 3<>"/dev/tcp/127.0.0.1/$1" || return 1
  printf 'GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' "$2" >&3
  cat <&3
  exec 3>&-
}

# $1 seconds, then what to try until it succeeds
await() {
  local until=$((SECONDS + $1))
  shift
  until "$@" 2>/dev/null; do
    if [ "$SECONDS" -ge "$until" ]; then
      echo "in vain: $*" >&2
      tail -n 20 "$image/log" >&2
      exit 1
    fi
    sleep 0.1
  done
}

modules=$(sed -n 's/.*--add-modules \([^ ]*\).*/\1/p' src/deploy/docker/Dockerfile)
jlink --add-modules "$modules" --strip-java-debug-attributes --no-man-pages --no-header-files --compress=2 --output "$image/jre"
"$image/jre/bin/java" -Xshare:dump -Xlog:disable

mkdir "$image/tar" "$image/root"
tar -xf target/jib-image.tar -C "$image/tar"
for layer in "$image"/tar/*.tar.gz; do
  tar --warning=no-unknown-keyword -xzf "$layer" -C "$image/root"
done
app=$image/root/app
# The image has it at /app.
classpath=$(sed "s#/app/#$app/#g" "$app/jib-classpath-file")
main=$(cat "$app/jib-main-class-file")
sed "s#/app/loginstream.jsa#$image/loginstream.jsa#" src/deploy/docker/jvm.options >"$image/jvm.options"
chmod -R go+rX "$image"
cd "$app"
"$image/jre/bin/java" -XX:+UseParallelGC -XX:ArchiveClassesAtExit="$image/loginstream.jsa" -Xlog:disable \
  -cp "$classpath" "$main" test routes
chmod go+r "$image/loginstream.jsa"
cd - >/dev/null

# Ports of its own, in case a sandbox runs already.
mvn -B -ntp -q compile camel:run -Dsandbox.rate=100 -Dsandbox.kafka.port=29192 -Dcamel.management.port=19875 \
  -Dloginstream.console.port=18079 </dev/null >"$image/sandbox" 2>&1 &
pids+=($!)
processed() {
  get "$1" /observe/metrics | grep -q '^loginstream_records_total{.*outcome="processed".*} [1-9]'
}
await 120 processed 19875

as=()
[ "$(id -u)" -ne 0 ] || as=(setpriv --reuid 10001 --regid 10001 --clear-groups)
begin=$(date +%s%N)
(
  cd "$app"
  exec env LOGINSTREAM_LOG_FORMAT=ecs KAFKA_BOOTSTRAP_SERVERS=localhost:29192 LOGINSTREAM_GROUP=image CAMEL_MANAGEMENT_PORT=19876 \
    LOGINSTREAM_CONSOLE_PORT=18080 LOGINSTREAM_ROUTES=yaml "${as[@]}" "$image/jre/bin/java" -XX:MaxRAM=1g "@$image/jvm.options" \
    -cp "$classpath" "$main" run
) </dev/null >"$image/log" 2>&1 &
pid=$!
pids+=("$pid")
await 60 processed 19876
echo "first login processed after $((($(date +%s%N) - begin) / 1000000)) ms"
sleep 10
processed 19876
echo "resident: $(($(sed -n 's/^VmRSS:[[:space:]]*\([0-9]*\) kB/\1/p' "/proc/$pid/status") / 1024)) MiB"
kill "$pid"
wait "$pid" || [ $? -eq 143 ]
if grep -v '^{"@timestamp":.*}$' "$image/log"; then
  echo "what it prints is not JSON alone" >&2
  exit 1
fi
echo "layers: $(du -sm "$image/root" | cut -f 1) MiB, Java: $(du -sm "$image/jre" | cut -f 1) MiB, archive: $(du -sm "$image/loginstream.jsa" | cut -f 1) MiB"
