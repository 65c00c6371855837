/*
 * wsload: a load generator for WebSocket chat servers. It opens many connections, sends messages over some of them, and counts what
 * comes to each. One thread, one epoll, Linux only, loopback only:  gcc -O2 -Wall -o wsload wsload.c
 *
 * Every message carries a marker of 30 characters, so that messages are counted, not frames, whatever is joined in a frame or wrapped in JSON:
 *
 *     ~~ SSSS QQQQQQQQ TTTTTTTTTTTTTTTT     sender, number, time of sending in ns; lower-case hex, no spaces
 *
 * --mode rate     --rate messages a second in all. The time in the marker is when the message was due, so a stall counts as latency.
 *        flood    each sender has at most --window messages that have not come to everybody.
 *        rounds   each sender sends --burst messages, then all wait until everybody has everything.
 *        idle     only opens the connections.
 * --acks          counts acks instead of deliveries: the marker has to be the post's id (%m).
 * --hello, --tmpl what is said first (frames separated by the two characters \n), and a message. In them, and in --path:
 *                 %M marker and filler, %m marker, %F filler, %i number of the connection, %r its room, %% a percent sign.
 *
 * Of the protocol it knows what it has to: JSON arrays that do not begin with a message are replies. It answers their pings, finds acks in them,
 * and shows the first error. The server's CPU time (--pid) and the deliveries are taken between two moments when all that was sent had arrived.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <getopt.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

typedef uint64_t u64;
typedef uint32_t u32;
typedef uint8_t u8;

enum { MARK = 30, HEAD = 160, RECEIVE = 256 * 1024, KIND = 17, MAX_BYTES = 64 * 1024, OPENING = 64 };
enum { CONNECTING, SHAKING, OPEN, CLOSED };
static const u64 SECOND = 1000000000;

typedef struct {
  int fd, state, room, reads, waits;    /* reads: 0 for one that stopped reading; waits: for the socket to take more */
  char *out; size_t outLen, outCap;     /* what the socket has not taken yet */
  char head[HEAD]; int headLen;         /* the beginning of a frame that came in part */
  u64 need; int last, replies;          /* bytes of the frame that are to come; whether it ends the message; what is in it */
  char mark[MARK]; int markLen;         /* a marker that came in part */
  char *said; size_t saidLen, saidCap;  /* the server's handshake, then a message with replies */
} conn;

static int port = 8080, n = 32, senders = 1, rooms = 1, slow = 0, bytes = 64, window = 64, burst = 50, echo = 0, acks = 0;
static double rate = 1000, warm = 2, secs = 5, settle = 1, patience = 5;
static const char *path = "/", *proto, *hello, *tmpl = "%M", *name = "", *mode = "flood";
static long serverPid;

static conn *all;
static u32 *next;         /* next[receiver * senders + sender]: the number that comes next */
static u32 *readers;      /* how many read each room */
static u64 *sent, *came;  /* by sender */
static u64 sentAll, cameAll, frames, lost, again, bad, errors;
static int epoll, opened, refused, gone, measuring;
static u64 now;
static char filler[MAX_BYTES + 1];

static u64 clockNs(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * SECOND + t.tv_nsec; }
static void die(const char *why) { fprintf(stderr, "wsload: %s\n", why); exit(2); }

/* ---- latencies: 32 steps for each power of two ---- */

static u64 histogram[64 * 32], recorded, longest;

static void record(u64 ns) {
  if (ns > longest) longest = ns;
  recorded++;
  int power = ns < 32 ? 4 : 63 - __builtin_clzll(ns);
  histogram[ns < 32 ? ns : (power - 4) * 32 + (ns >> (power - 5) & 31)]++;
}

static double percentileMs(double p) {
  u64 wanted = recorded * p / 100 + 0.5, below = 0;
  for (int i = 0; i < 64 * 32; i++) {
    below += histogram[i];
    if (!below || below < wanted) continue;
    double ns = i < 32 ? i : (32.5 + i % 32) * (1ull << (i / 32 - 1));
    return (ns < longest ? ns : longest) / 1e6;
  }
  return longest / 1e6;
}

/* ---- the server's process ---- */

static double serverCpu(void) {
  char file[64], line[1024];
  unsigned long user, system;
  snprintf(file, sizeof file, "/proc/%ld/stat", serverPid);
  FILE *f = serverPid ? fopen(file, "r") : NULL;
  if (!f) return 0;
  size_t k = fread(line, 1, sizeof line - 1, f);
  fclose(f);
  line[k] = 0;
  char *fields = strrchr(line, ')');
  if (!fields || sscanf(fields + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user, &system) != 2) return 0;
  return (double)(user + system) / sysconf(_SC_CLK_TCK);
}

static double ownCpu(void) {
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  return used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static double serverRssKiB(void) {
  char file[64], line[256];
  long kib = 0;
  snprintf(file, sizeof file, "/proc/%ld/status", serverPid);
  FILE *f = serverPid ? fopen(file, "r") : NULL;
  while (f && fgets(line, sizeof line, f)) if (sscanf(line, "VmRSS: %ld", &kib) == 1) break;
  if (f) fclose(f);
  return kib;
}

/* ---- sending ---- */

static void watch(conn *c) {
  struct epoll_event e = {.data.u32 = c - all};
  c->waits = c->outLen > 0;
  e.events = (c->reads || c->state != OPEN ? EPOLLIN : 0) | (c->waits ? EPOLLOUT : 0);
  epoll_ctl(epoll, EPOLL_CTL_MOD, c->fd, &e);
}

static char *reserve(char **buffer, size_t *cap, size_t len) {
  if (len > *cap) *buffer = realloc(*buffer, *cap = 2 * len);
  return *buffer;
}

static void flush(conn *c) {
  while (c->outLen) {
    ssize_t k = send(c->fd, c->out, c->outLen, MSG_NOSIGNAL);
    if (k < 0 && errno == EINTR) continue;
    if (k < 0) { if (errno != EAGAIN) c->outLen = 0; break; }
    memmove(c->out, c->out + k, c->outLen -= k);
  }
  if (c->waits != (c->outLen > 0)) watch(c);
}

/* Queues a frame. Clients have to mask; a mask of zeros is one. */
static void frame(conn *c, int opcode, const char *payload, size_t len) {
  char *o = reserve(&c->out, &c->outCap, c->outLen + len + 8) + c->outLen, *begin = o;
  *o++ = (char)(0x80 | opcode);
  if (len < 126) { *o++ = (char)(0x80 | len); } else { *o++ = (char)(0x80 | 126); *o++ = (char)(len >> 8); *o++ = (char)len; }
  memset(o, 0, 4);
  memcpy(o + 4, payload, len);
  c->outLen += o + 4 + len - begin;
}

/* Writes a template to a buffer of MAX_BYTES. */
static size_t expand(char *o, const char *template, const conn *c, const char *mark) {
  char *begin = o, *end = o + MAX_BYTES - 32;
  for (const char *t = template; *t && o < end; t++) {
    if (*t != '%' || !t[1]) { *o++ = *t; continue; }
    size_t fill = bytes > MARK ? bytes - MARK : 0;
    switch (*++t) {
      case 'M': case 'm': case 'F':
        if (*t != 'F') { memcpy(o, mark, MARK); o += MARK; }
        if (*t == 'F') fill = bytes;
        if (*t != 'm') { if (fill > (size_t)(end - o)) fill = end - o; memcpy(o, filler, fill); o += fill; }
        break;
      case 'i': o += sprintf(o, "%d", (int)(c - all)); break;
      case 'r': o += sprintf(o, "%d", c->room); break;
      default: *o++ = *t;
    }
  }
  return o - begin;
}

static void post(int sender, u64 time) {
  static char text[MAX_BYTES];
  char mark[MARK + 1];
  conn *c = &all[sender];
  if (c->state != OPEN) return;
  snprintf(mark, sizeof mark, "~~%04x%08x%016llx", sender, (u32)sent[sender]++, (unsigned long long)time);
  frame(c, 1, text, expand(text, tmpl, c, mark));
  sentAll++;
}

static void sayHello(conn *c) {
  char part[MAX_BYTES], text[MAX_BYTES];
  for (const char *t = hello; t && *t;) {
    const char *end = strstr(t, "\\n");
    snprintf(part, sizeof part, "%.*s", end ? (int)(end - t) : (int)strlen(t), t);
    frame(c, 1, text, expand(text, part, c, filler));
    t = end ? end + 2 : NULL;
  }
  flush(c);
}

/* ---- receiving ---- */

static void closed(conn *c) {
  if (c->state == OPEN) { opened--; gone++; } else if (c->state != CLOSED) refused++;
  c->state = CLOSED;
  close(c->fd);
  c->fd = -1;
}

static int hex(const char *p, int digits, u64 *value) {
  for (*value = 0; digits--; p++) {
    int d = *p >= '0' && *p <= '9' ? *p - '0' : *p >= 'a' && *p <= 'f' ? *p - 'a' + 10 : -1;
    if (d < 0) return 0;
    *value = *value << 4 | d;
  }
  return 1;
}

/* A message has come: counts it, and what is missing before it. */
static void marker(conn *c, const char *p) {
  u64 sender, number, time;
  if (!hex(p + 2, 4, &sender) || !hex(p + 6, 8, &number) || !hex(p + 14, 16, &time) || sender >= (u64)senders || all[sender].room != c->room) {
    bad++;
    return;
  }
  u32 *expected = &next[(size_t)(c - all) * senders + sender];
  if (number < *expected) { again++; return; }
  lost += number - *expected;
  *expected = number + 1;
  cameAll++;
  came[sender]++;
  if (measuring) record(now > time ? now - time : 0);
}

/* Finds markers in a stream that comes in pieces of any size. */
static void scan(conn *c, const char *p, size_t len) {
  const char *end = p + len;
  if (c->markLen) {
    size_t k = len < (size_t)(MARK - c->markLen) ? len : (size_t)(MARK - c->markLen);
    memcpy(c->mark + c->markLen, p, k);
    p += k;
    if ((c->markLen += k) < MARK) return;
    c->markLen = 0;
    marker(c, c->mark);
  }
  while ((p = memchr(p, '~', end - p))) {
    if (end - p < MARK) { memcpy(c->mark, p, c->markLen = end - p); return; }
    marker(c, p);
    p += MARK;
  }
}

/* All events that are no entries come here, a message at a time. */
static void heard(conn *c, char *events) {
  char pong[64];
  for (char *p = events; (p = strstr(p, "{\"type\":\"")); ) {
    p += 9;
    if (!strncmp(p, "ping\",\"n\":", 10)) {
      frame(c, 1, pong, sprintf(pong, "{\"type\":\"pong\",\"n\":%lu}", strtoul(p + 10, NULL, 10)));
      flush(c);
    } else if (!strncmp(p, "ack\"", 4) && acks) {
      char *mark = strchr(p, '~');
      if (mark) { marker(c, mark); p = mark + MARK; }
    } else if ((!strncmp(p, "error\"", 6) || !strncmp(p, "gap\"", 4) || !strncmp(p, "bye\"", 4)) && !errors++) {
      fprintf(stderr, "wsload: %s: the server says %.200s\n", name, p - 9);
    }
  }
}

static void payload(conn *c, const char *p, size_t len) {
  if (c->replies) {
    memcpy(reserve(&c->said, &c->saidCap, c->saidLen + len + 1) + c->saidLen, p, len);
    c->saidLen += len;
  } else if (!acks) {
    scan(c, p, len);
  }
}

/* Reads the beginning of a frame, or a whole control frame. Returns how many bytes it took; 0 when it needs more. */
static size_t begin(conn *c, const char *p, size_t len) {
  if (len < 2) return 0;
  int opcode = p[0] & 15;
  u64 size = p[1] & 127;
  size_t head = size == 126 ? 4 : size == 127 ? 10 : 2;
  if (len < head) return 0;
  if (head > 2) { size = 0; for (size_t i = 2; i < head; i++) size = size << 8 | (u8)p[i]; }
  if (opcode >= 8) {
    if (len < head + size) return 0;
    if (opcode == 9) frame(c, 10, p + head, size);
    if (opcode == 8) frame(c, 8, p + head, size < 2 ? 0 : 2);
    flush(c);
    return head + size;
  }
  if (opcode) { /* not a continuation: see what is in the message */
    size_t seen = size < KIND ? size : KIND;
    if (len < head + seen) return 0;
    c->replies = seen && p[head] == '[' && strncmp(p + head, "[{\"type\":\"message", seen);
  }
  c->last = p[0] >> 7 & 1;
  frames += c->last; /* some servers cut a long one in pieces */
  c->need = size;
  return head;
}

/* There are HEAD bytes of room before p. */
static void feed(conn *c, char *p, size_t len) {
  char *end = p + len;
  p -= c->headLen;
  memcpy(p, c->head, c->headLen);
  c->headLen = 0;
  while (p < end) {
    if (!c->need) {
      size_t head = begin(c, p, end - p);
      if (!head) { memcpy(c->head, p, c->headLen = end - p); return; }
      p += head;
    }
    size_t k = c->need < (u64)(end - p) ? c->need : (u64)(end - p);
    payload(c, p, k);
    p += k;
    c->need -= k;
    if (!c->need && c->last && c->saidLen) {
      c->said[c->saidLen] = 0;
      c->saidLen = 0;
      heard(c, c->said);
    }
  }
}

static void shaken(conn *c, char *p, size_t len) {
  memcpy(reserve(&c->said, &c->saidCap, c->saidLen + len + 1) + c->saidLen, p, len);
  c->said[c->saidLen += len] = 0;
  char *rest = strstr(c->said, "\r\n\r\n");
  if (!rest) return;
  if (strncmp(c->said, "HTTP/1.1 101", 12)) {
    if (!refused) fprintf(stderr, "wsload: %s: refused: %.200s\n", name, c->said);
    closed(c);
    return;
  }
  size_t left = c->said + c->saidLen - (rest + 4);
  memcpy(p, rest + 4, left);
  c->saidLen = 0;
  c->state = OPEN;
  opened++;
  feed(c, p, left);
  sayHello(c);
  watch(c);
}

static void readable(conn *c) {
  static char buffer[HEAD + RECEIVE];
  ssize_t k = recv(c->fd, buffer + HEAD, RECEIVE, 0);
  if (k < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (k <= 0) { closed(c); return; }
  now = clockNs();
  if (c->state == SHAKING) shaken(c, buffer + HEAD, k); else feed(c, buffer + HEAD, k);
}

/* ---- connections ---- */

static void dial(conn *c) {
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  struct epoll_event e = {.events = EPOLLOUT, .data.u32 = c - all};
  int yes = 1, small = 16 * 1024;
  c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  if (c->fd < 0) die("too many open files: see ulimit -n");
  setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (!c->reads) setsockopt(c->fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
  epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &e);
  if (connect(c->fd, (struct sockaddr *)&to, sizeof to) && errno != EINPROGRESS) closed(c);
}

static void shake(conn *c) {
  char where[MAX_BYTES], request[MAX_BYTES + 512];
  where[expand(where, path, c, filler)] = 0;
  size_t len = snprintf(request, sizeof request,
      "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s%s%s\r\n",
      where, port, proto ? "Sec-WebSocket-Protocol: " : "", proto ? proto : "", proto ? "\r\n" : "");
  c->state = SHAKING;
  memcpy(reserve(&c->out, &c->outCap, len), request, len);
  c->outLen = len;
  flush(c);
  watch(c);
}

/* Does what can be done, and waits for it at most so long. */
static void turn(u64 waitNs) {
  static struct epoll_event events[1024];
  struct timespec t = {.tv_sec = waitNs / SECOND, .tv_nsec = waitNs % SECOND};
  int ready = epoll_pwait2(epoll, events, 1024, &t, NULL);
  for (int i = 0; i < ready; i++) {
    conn *c = &all[events[i].data.u32];
    if (c->state == CLOSED) continue;
    if (c->state == CONNECTING) { if (events[i].events & (EPOLLERR | EPOLLHUP)) closed(c); else shake(c); continue; }
    if (events[i].events & EPOLLOUT) flush(c);
    if (events[i].events & (EPOLLIN | EPOLLERR | EPOLLHUP)) readable(c);
  }
}

static void turnUntil(u64 end) { while (clockNs() < end) turn(10 * 1000 * 1000); }

static void openAll(void) {
  u64 end = clockNs() + 120 * SECOND;
  for (int i = 0; opened + refused + gone < n && clockNs() < end;) {
    while (i < n && i - opened - refused - gone < OPENING) dial(&all[i++]);
    turn(SECOND / 10);
  }
  if (opened < n) { fprintf(stderr, "wsload: %s: only %d of %d connections are open\n", name, opened, n); exit(3); }
}

/* ---- what is sent when ---- */

static u64 receivers(int sender) { u64 r = acks ? 1 : readers[all[sender].room] - !echo; return r ? r : 1; }

static int arrived(void) {
  u64 due = 0;
  for (int s = 0; s < senders; s++) due += sent[s] * receivers(s);
  return cameAll >= due;
}

/* Waits until everybody has everything, as long as something comes. */
static void drain(void) {
  u64 before = cameAll, since = clockNs();
  while (!arrived() && opened) {
    turn(10 * 1000 * 1000);
    if (cameAll != before) { before = cameAll; since = clockNs(); }
    if (clockNs() - since > patience * SECOND) break;
  }
}

static u64 sendDue(double *due) {
  static int turnOf;
  u64 t = clockNs();
  for (; *due <= t; *due += SECOND / rate) { int s = turnOf++ % senders; post(s, *due); flush(&all[s]); }
  return *due - t;
}

static void sendFlood(void) {
  for (int s = 0; s < senders; s++) {
    if (all[s].outLen) continue;
    u64 t = 0, done = came[s] / receivers(s);
    for (; sent[s] - done < (u64)window; post(s, t)) if (!t) t = clockNs();
    if (t) flush(&all[s]);
  }
}

static void sendRound(void) {
  if (!arrived()) return;
  u64 t = clockNs();
  for (int s = 0; s < senders; s++) { for (int i = 0; i < burst; i++) post(s, t); flush(&all[s]); }
}

static void load(double seconds) {
  double due = clockNs();
  for (u64 end = clockNs() + seconds * SECOND; clockNs() < end && opened;) {
    u64 wait = 10 * 1000 * 1000;
    if (*mode == 'f') sendFlood();
    else if (mode[1] == 'o') sendRound();
    else { u64 next = sendDue(&due); if (next < wait) wait = next; }
    turn(wait);
  }
  drain();
}

static void options(int count, char **values) {
  enum { NUMBER, REAL, TEXT, FLAG };
  struct { const char *name; int kind; void *value; } known[] = {
    {"port", NUMBER, &port}, {"n", NUMBER, &n}, {"senders", NUMBER, &senders}, {"rooms", NUMBER, &rooms}, {"slow", NUMBER, &slow},
    {"bytes", NUMBER, &bytes}, {"window", NUMBER, &window}, {"burst", NUMBER, &burst}, {"echo", FLAG, &echo}, {"acks", FLAG, &acks},
    {"rate", REAL, &rate}, {"warm", REAL, &warm}, {"secs", REAL, &secs}, {"settle", REAL, &settle}, {"patience", REAL, &patience},
    {"path", TEXT, &path}, {"proto", TEXT, &proto}, {"hello", TEXT, &hello}, {"tmpl", TEXT, &tmpl}, {"name", TEXT, &name}, {"mode", TEXT, &mode}};
  int size = sizeof known / sizeof *known;
  struct option list[32] = {{0}};
  for (int i = 0; i < size; i++) list[i] = (struct option){known[i].name, known[i].kind == FLAG ? no_argument : required_argument, 0, i};
  list[size] = (struct option){"pid", required_argument, 0, size};
  for (int o; (o = getopt_long_only(count, values, "", list, 0)) != -1;) {
    if (o == size) serverPid = atol(optarg);
    else if (o < 0 || o > size) die("the comment at the head of wsload.c names the options");
    else if (known[o].kind == NUMBER) *(int *)known[o].value = atoi(optarg);
    else if (known[o].kind == REAL) *(double *)known[o].value = atof(optarg);
    else if (known[o].kind == TEXT) *(const char **)known[o].value = optarg;
    else *(int *)known[o].value = 1;
  }
  if (n < 1 || slow >= n || senders < 0 || senders > n - slow || senders > 65535) die("more senders than connections that read");
  if (bytes > MAX_BYTES / 2 || rooms < 1 || rate <= 0) die("a number makes no sense");
}

int main(int count, char **values) {
  options(count, values);
  signal(SIGPIPE, SIG_IGN);
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  epoll = epoll_create1(0);
  all = calloc(n, sizeof *all);
  next = calloc((size_t)n * senders + 1, sizeof *next);
  sent = calloc(senders + 1, sizeof *sent);
  came = calloc(senders + 1, sizeof *came);
  readers = calloc(rooms, sizeof *readers);
  for (int i = 0; i < MAX_BYTES; i++) filler[i] = "the quick brown fox jumps over the lazy dog "[i % 44];
  for (int i = 0; i < n; i++) {
    all[i].room = i % rooms;
    all[i].reads = i < n - slow;
    readers[i % rooms] += all[i].reads;
  }

  double rss = serverRssKiB();
  openAll();
  turnUntil(clockNs() + settle * SECOND);
  if (!strcmp(mode, "idle")) {
    double after = serverRssKiB(), cpu = serverCpu();
    turnUntil(clockNs() + secs * SECOND);
    printf("{\"name\":\"%s\",\"mode\":\"idle\",\"n\":%d,\"open\":%d,\"kib_per_connection\":%.2f,\"cpu_percent\":%.2f}\n",
        name, n, opened, (after - rss) / n, (serverCpu() - cpu) * 100 / secs);
    return opened < n;
  }
  load(warm);
  u64 start = clockNs(), came0 = cameAll, frames0 = frames, sent0 = sentAll;
  double cpu = serverCpu(), own = ownCpu();
  measuring = 1;
  load(secs);
  measuring = 0;
  double took = (double)(clockNs() - start) / SECOND, used = serverCpu() - cpu, load = ownCpu() - own, deliveries = cameAll - came0;
  int complete = arrived();
  printf("{\"name\":\"%s\",\"mode\":\"%s\",\"n\":%d,\"secs\":%.2f,\"sent\":%.0f,\"deliveries\":%.0f,\"per_s\":%.0f,\"per_frame\":%.2f,"
      "\"us\":%.4f,\"cpu_percent\":%.0f,\"load_cpu_percent\":%.0f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.3f,\"rss_mib\":%.0f,"
      "\"complete\":%s,\"lost\":%.0f,\"again\":%.0f,\"bad\":%.0f,\"errors\":%.0f,\"closed\":%d}\n",
      name, mode, n, took, (double)(sentAll - sent0), deliveries, deliveries / took, deliveries / (frames - frames0 ? frames - frames0 : 1),
      deliveries ? used * 1e6 / deliveries : 0, used / took * 100, load / took * 100, percentileMs(50), percentileMs(99), longest / 1e6, serverRssKiB() / 1024,
      complete ? "true" : "false", (double)lost, (double)again, (double)bad, (double)errors, gone);
  return !complete || lost || again || bad || gone > slow;
}
