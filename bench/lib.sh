# What bench/run and bench/durable share. Sourced; knows $root.
work=$root/target/bench
data=${BENCH_DATA:-$work}/data-$$ # removed at the end
rounds=${ROUNDS:-3} secs=${SECS:-5} warm=${WARM:-3}
warm_up=${WARM_UP:-15} # once, before the first round: Java compiles what is used often
server_cpu=${SERVER_CPU:-0} load_cpu=${LOAD_CPU:-1}
war=$root/target/warung.war
results=$work/results-$$.jsonl
declare -A pids addresses

get_ready() {
  for program in java gcc node npm taskset timeout; do
    command -v "$program" > /dev/null || { echo "This needs $program." >&2; exit 2; }
  done
  if [[ ! -f $war || -n $(find "$root/pom.xml" "$root/src/main" -newer "$war" -print -quit) ]]; then
    echo "Building $war" >&2
    rm -rf "$root/target/classes" "$root/target/warung"
    (cd "$root" && ./mvnw -q -B -Pquick -DskipTests -Dunit.skip=true -Dlaunch.skip=true -Dspotless.check.skip=true package)
  fi
  mkdir -p "$work" "$data/warung"
  gcc -O2 -Wall -o "$work/wsload" "$root/bench/wsload.c"
  ulimit -n "$(ulimit -Hn)"
  export XDG_CACHE_HOME=$root/target/cache # where the WAR unpacks itself
  trap stop_all EXIT
  trap 'exit 130' INT TERM
}

get_peers() {
  if [[ ! -x $work/node_modules/bun/bin/bun.exe || ! -d $work/node_modules/ws ]]; then
    echo "Fetching bun $bun_version and ws $ws_version" >&2
    (cd "$work" && npm install --silent --no-audit --no-fund --no-save --prefix . "bun@$bun_version" "ws@$ws_version")
  fi
}

# start NAME: starts a server on the server's CPU, on a port that is free, and waits until it says where it listens.
start() {
  local name=$1 said=$work/$1.out command
  case $name in
    *warung)
      mkdir -p "$data/$name"
      # a round of a-bun is 51,200 messages; who is 10,000 behind would be told of a gap, which counts as lost here
      command=(env WARUNG_EPHEMERAL_ROOMS='bin-*,text-*,plain-*,idle' WARUNG_MAX_LAG_ENTRIES=100000
        WARUNG_MAX_POSTS_PER_SECOND=1000000 WARUNG_MAX_EPHEMERAL_POSTS_PER_SECOND=1000000
        WARUNG_MAX_ADDRESS_POSTS_PER_SECOND=1000000 WARUNG_MAX_SIGN_INS_PER_SECOND=1000000
        WARUNG_MAX_HANDSHAKES_PER_SECOND=1000000 WARUNG_MAX_REQUESTS_PER_SECOND=1000000
        WARUNG_MAX_WAITING_BYTES=268435456 WARUNG_MAX_SESSION_WAITING_BYTES=33554432
        java -jar "$war" --host 127.0.0.1 --port 0 --data "$data/$name") ;;
    *bun) command=("$work/node_modules/bun/bin/bun.exe" "$root/bench/peers/bun.js") ;;
    *ws) command=(env NODE_PATH="$work/node_modules" node "$root/bench/peers/ws.js") ;;
  esac
  : > "$said"
  taskset -c "$server_cpu" "${command[@]}" > "$said" 2> "$work/$name.err" &
  pids[$name]=$!
  for ((tries = 0; tries < 300; tries++)); do
    addresses[$name]=$(grep -oE 'http://[^ ]+' "$said" | head -1 || true)
    [[ -n ${addresses[$name]} ]] && return
    kill -0 "${pids[$name]}" 2> /dev/null || break
    sleep 0.2
  done
  echo "$name did not start:" >&2
  cat "$said" "$work/$name.err" >&2
  exit 1
}

stop() {
  kill "${pids[$1]}" 2> /dev/null || true
  wait "${pids[$1]}" 2> /dev/null || true
  unset "pids[$1]"
}

stop_all() {
  for name in "${!pids[@]}"; do stop "$name"; done
  rm -rf "$data"
}

# Does as measure does, for longer, and keeps nothing.
rehearse() { results=/dev/null warm=0 secs=$warm_up measure "$@"; }

# measure ROW SCENARIO SERVER OPTIONS…: one run, at most two minutes. A run that fails is said, and is in no table.
measure() {
  local row=$1 scenario=$2 server=$3 port
  shift 3
  port=${addresses[$server]%/}
  port=${port##*:}
  local line code=0
  line=$(timeout 120 taskset -c "$load_cpu" "$work/wsload" --port "$port" --pid "${pids[$server]}" --name "$row $scenario" \
    --warm "$warm" --secs "$secs" --settle 2 "$@") || code=$?
  echo "$line" >&2
  if ((code == 0)); then
    echo "$line" >> "$results"
  else
    echo "$row $scenario FAILED (exit code $code)" >&2
    echo "{\"name\":\"$row $scenario\",\"failed\":true}" >> "$results"
  fi
}
