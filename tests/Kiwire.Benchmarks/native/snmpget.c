/* Net-SNMP's library as a client: GETs of sysUpTime.0 by SNMPv2c for some seconds, and prints how many were answered a second and what each took.
   snmpget sync  PORT SECONDS CPU            one after another, as a loop over snmp_synch_response has it
   snmpget async PORT SECONDS CPU WINDOW     its asynchronous API: snmp_send, select, snmp_read; WINDOW under way on one session */
#define _GNU_SOURCE
#include <net-snmp/net-snmp-config.h>
#include <net-snmp/net-snmp-includes.h>
#include <sched.h>
#include <sys/resource.h>
#include <time.h>

static const oid sysUpTime[] = { 1, 3, 6, 1, 2, 1, 1, 3, 0 };
static long answered, lost;
static int stopping, underWay;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

static netsnmp_pdu *request(void)
{
    netsnmp_pdu *pdu = snmp_pdu_create(SNMP_MSG_GET);
    snmp_add_null_var(pdu, sysUpTime, OID_LENGTH(sysUpTime));
    return pdu;
}

static void ask(netsnmp_session *session);

static int arrived(int operation, netsnmp_session *session, int id, netsnmp_pdu *pdu, void *unused)
{
    underWay--;
    if (operation == NETSNMP_CALLBACK_OP_RECEIVED_MESSAGE && pdu->variables && pdu->variables->type == ASN_TIMETICKS)
        answered++;
    else
        lost++;
    if (!stopping)
        ask(session);
    return 1;
}

static void ask(netsnmp_session *session)
{
    netsnmp_pdu *pdu = request();
    if (snmp_async_send(session, pdu, arrived, NULL))
        underWay++;
    else
        snmp_free_pdu(pdu);
}

int main(int argc, char **argv)
{
    if (argc < 5)
        return 1;
    cpu_set_t cpus;
    CPU_ZERO(&cpus);
    CPU_SET(atoi(argv[4]), &cpus);
    sched_setaffinity(0, sizeof cpus, &cpus);

    netsnmp_ds_set_boolean(NETSNMP_DS_LIBRARY_ID, NETSNMP_DS_LIB_DONT_READ_CONFIGS, 1);
    setenv("MIBS", "", 1);
    init_snmp("snmpget-benchmark");
    char peer[64];
    snprintf(peer, sizeof peer, "udp:127.0.0.1:%s", argv[2]);
    netsnmp_session settings, *session;
    snmp_sess_init(&settings);
    settings.peername = peer;
    settings.version = SNMP_VERSION_2c;
    settings.community = (u_char *)"public";
    settings.community_len = 6;
    settings.timeout = 2000000;
    settings.retries = 2;
    if (!(session = snmp_open(&settings)))
        return 2;

    double start = now(), end = start + atof(argv[3]);
    if (!strcmp(argv[1], "sync")) {
        while (now() < end) {
            netsnmp_pdu *response = NULL;
            if (snmp_synch_response(session, request(), &response) == STAT_SUCCESS && response->variables->type == ASN_TIMETICKS)
                answered++;
            else
                lost++;
            if (response)
                snmp_free_pdu(response);
        }
    } else {
        for (int i = argc > 5 ? atoi(argv[5]) : 64; i > 0; i--)
            ask(session);
        while (underWay > 0) {
            int descriptors = 0, block = 1;
            fd_set readable;
            struct timeval timeout;
            FD_ZERO(&readable);
            snmp_select_info(&descriptors, &readable, &timeout, &block);
            int count = select(descriptors, &readable, NULL, NULL, block ? NULL : &timeout);
            if (count > 0)
                snmp_read(&readable);
            else
                snmp_timeout();
            stopping = now() >= end;
        }
    }
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    double cpu = used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
    printf("%.0f answered a second, %.2f us of processor time each, %ld lost\n", answered / (now() - start), cpu * 1e6 / answered, lost);
    return 0;
}
