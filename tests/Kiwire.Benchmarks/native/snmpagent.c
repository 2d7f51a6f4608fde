/* An SNMPv2c agent that answers every GET from memory, as fast as one core can: each object is a TimeTicks. The limit that clients are
   measured against, where snmpd itself would be.
   snmpagent PORT CPU: prints the port. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

enum { BATCH = 64, ROOM = 2048 };

/* Reads a header; returns where its content begins, 0 if it does not fit. */
static size_t header(const unsigned char *at, size_t room, size_t *length)
{
    if (room < 2)
        return 0;
    size_t octets = 0;
    *length = at[1];
    if (at[1] & 0x80) {
        octets = at[1] & 0x7f;
        if (octets == 0 || octets > 2 || room < 2 + octets)
            return 0;
        *length = 0;
        for (size_t i = 0; i < octets; i++)
            *length = *length << 8 | at[2 + i];
    }
    return *length <= room - 2 - octets ? 2 + octets : 0;
}

/* Writes a header of four octets, whatever the length. */
static void put(unsigned char *at, unsigned char tag, size_t length)
{
    at[0] = tag;
    at[1] = 0x82;
    at[2] = length >> 8;
    at[3] = length;
}

/* SEQUENCE { version, community, GetRequest { request-id, 0, 0, SEQUENCE { SEQUENCE { name, NULL } ... } } } */
static size_t answer(const unsigned char *in, size_t size, unsigned char *out)
{
    size_t length, start = header(in, size, &length);
    if (!start || in[0] != 0x30)
        return 0;
    const unsigned char *at = in + start, *end = at + length, *front = at;
    for (int i = 0; i < 2; i++) {
        if (!(start = header(at, end - at, &length)))
            return 0;
        at += start + length;
    }
    size_t frontLength = at - front;
    if (at >= end || at[0] != 0xa0 || !(start = header(at, end - at, &length)))
        return 0;
    at += start;
    const unsigned char *fields = at;
    for (int i = 0; i < 3; i++) {
        if (!(start = header(at, end - at, &length)))
            return 0;
        at += start + length;
    }
    size_t fieldsLength = at - fields;
    if (!(start = header(at, end - at, &length)))
        return 0;
    at += start;
    end = at + length;

    unsigned char *pdu = out + 4 + frontLength, *list = pdu + 4 + fieldsLength, *to = list + 4;
    while (at < end) {
        size_t bindingLength, nameLength;
        if (!(start = header(at, end - at, &bindingLength)))
            return 0;
        const unsigned char *name = at + start;
        size_t nameStart = header(name, bindingLength, &nameLength);
        if (!nameStart || to + nameStart + nameLength + 10 > out + ROOM)
            return 0;
        nameLength += nameStart;
        put(to, 0x30, nameLength + 6);
        memcpy(to + 4, name, nameLength);
        memcpy(to + 4 + nameLength, "\x43\x04\x01\x02\x03\x04", 6);
        to += 4 + nameLength + 6;
        at += start + bindingLength;
    }
    put(out, 0x30, to - out - 4);
    memcpy(out + 4, front, frontLength);
    put(pdu, 0xa2, to - pdu - 4);
    memcpy(pdu + 4, fields, fieldsLength);
    put(list, 0x30, to - list - 4);
    return to - out;
}

int main(int argc, char **argv)
{
    if (argc < 3)
        return 1;
    cpu_set_t cpus;
    CPU_ZERO(&cpus);
    CPU_SET(atoi(argv[2]), &cpus);
    sched_setaffinity(0, sizeof cpus, &cpus);

    int s = socket(AF_INET, SOCK_DGRAM, 0), octets = 4 << 20;
    setsockopt(s, SOL_SOCKET, SO_RCVBUFFORCE, &octets, sizeof octets);
    struct sockaddr_in here = { .sin_family = AF_INET, .sin_port = htons(atoi(argv[1])), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t hereLength = sizeof here;
    if (bind(s, (struct sockaddr *)&here, sizeof here) || getsockname(s, (struct sockaddr *)&here, &hereLength))
        return 2;
    printf("%d\n", ntohs(here.sin_port));
    fflush(stdout);

    static unsigned char in[BATCH][ROOM], out[BATCH][ROOM];
    static struct sockaddr_in from[BATCH];
    static struct iovec inPieces[BATCH], outPieces[BATCH];
    static struct mmsghdr received[BATCH], sent[BATCH];
    for (;;) {
        for (int i = 0; i < BATCH; i++) {
            inPieces[i] = (struct iovec){ in[i], ROOM };
            received[i].msg_hdr = (struct msghdr){ .msg_name = &from[i], .msg_namelen = sizeof from[i], .msg_iov = &inPieces[i], .msg_iovlen = 1 };
        }
        int count = recvmmsg(s, received, BATCH, MSG_WAITFORONE, NULL), answers = 0;
        for (int i = 0; i < count; i++) {
            size_t length = answer(in[i], received[i].msg_len, out[i]);
            if (!length)
                continue;
            outPieces[answers] = (struct iovec){ out[i], length };
            sent[answers].msg_hdr = (struct msghdr){ .msg_name = &from[i], .msg_namelen = sizeof from[i], .msg_iov = &outPieces[answers], .msg_iovlen = 1 };
            answers++;
        }
        for (int done = 0, now; done < answers; done += now > 0 ? now : 1)
            now = sendmmsg(s, sent + done, answers - done, 0);
    }
}
