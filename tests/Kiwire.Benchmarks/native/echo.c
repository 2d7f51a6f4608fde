/* echo - the limit that servers are measured against: a UDP echo with recvfrom/sendto on one thread, loopback only.
 * It answers each datagram with its own first octets, as many as asked (a login's answer is shorter than its request).
 * Build: gcc -O2 -o echo echo.c      Use: echo PORT [REPLY_OCTETS [CPU]] ; port 0 picks one and prints it. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

int main(int argc, char **argv) {
  int port = argc > 1 ? atoi(argv[1]) : 0, reply = argc > 2 ? atoi(argv[2]) : 0, cpu = argc > 3 ? atoi(argv[3]) : -1;
  if (cpu >= 0) { cpu_set_t set; CPU_ZERO(&set); CPU_SET(cpu, &set); sched_setaffinity(0, sizeof set, &set); }
  int fd = socket(AF_INET, SOCK_DGRAM, 0), size = 4 << 20;
  setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size);
  struct sockaddr_in local = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr = {htonl(INADDR_LOOPBACK)}}, peer;
  socklen_t length = sizeof local;
  if (bind(fd, (void *)&local, sizeof local) || getsockname(fd, (void *)&local, &length)) { perror("bind"); return 1; }
  printf("%d\n", ntohs(local.sin_port)); fflush(stdout);
  static unsigned char packet[4096];
  for (;;) {
    socklen_t from = sizeof peer;
    ssize_t n = recvfrom(fd, packet, sizeof packet, 0, (void *)&peer, &from);
    if (n < 20) continue;
    size_t out = reply && reply < n ? (size_t)reply : (size_t)n;
    if (reply > n) { memset(packet + n, 0, reply - n); out = reply; }
    sendto(fd, packet, out, 0, (void *)&peer, from);
  }
}
