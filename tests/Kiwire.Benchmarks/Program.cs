using Kiwire.Benchmarks;

// Programs that one runs, never tests: each prints ratios against a peer on the same machine in the same run.
string command = args.Length > 0 ? args[0] : "--help";
BenchmarkSettings settings = BenchmarkSettings.Parse(args);
switch (command)
{
    case "login":
        return await LoginBenchmark.RunAsync(settings);
    case "accounting":
        return await AccountingBenchmark.RunAsync(settings);
    case "memory":
        return await MemoryBenchmark.RunAsync(settings);
    case "coa":
        return await CoaBenchmark.RunAsync(settings);
    case "challenge":
        return await ChallengeBenchmark.RunAsync(settings);
    case "api-load":
        return await ApiLoadBenchmark.RunAsync(settings);
    case "listing":
        return await ListingBenchmark.RunAsync(settings);
    case "import":
        return await ImportBenchmark.RunAsync(settings);
    case "sms":
        return await SmsBenchmark.RunAsync(settings);
    case "snmp-get":
        return await SnmpGetBenchmark.RunAsync(settings);
    case "poll":
        return await PollBenchmark.RunAsync(settings);
    case "journal":
        string journal = Path.Combine(Path.GetTempPath(), "kiwire-journal-" + Environment.ProcessId);
        await JournalRate.RunAsync(journal);
        Directory.Delete(journal, recursive: true);
        return 0;
    default:
        Console.WriteLine("""
            dotnet run -c Release --project tests/Kiwire.Benchmarks -- COMMAND [--users N] [--rounds N] [--seconds N] [--window N] [--kiwire key=value]...

              login        PAP logins, Message-Authenticator both ways, history kept, beside a C echo: rates and their ratio
              accounting   durable accounting beside a C echo and beside FreeRADIUS on SQLite and PostgreSQL; p99 at 70 % of the
                           maximum; then the rate at which the journal goes into the database
              memory       start with N users in the database: time to ready, resident memory; then a mixed load of --minutes N
              coa          10 000 sessions disconnected on 100 NASes at once, then with ten that never answer: the others' time
              challenge    logins by challenge, their codes by a gateway on the loopback, beside PAP logins; one request for a code
              api-load     PAP logins alone and beside 200 accounts a second made through /api/v1: at least 90 % must be left
              listing      50 of N users over HTTP by every sort and filter: p50, p99 and the most, in ms
              import       100 000 users from a CSV file beside N others, in both modes; how long other writers wait meanwhile
              sms          1 000 messages to a gateway that takes 300 ms for each: how long until the last has left (15 s are wanted)
              snmp-get     SNMP GETs from one agent with --window under way, beside Net-SNMP's library used both ways: rates and ratios
              poll         10 000 devices on simulated agents, one 60 s cycle, 20 values each, for --seconds N: CPU, memory, lateness
              journal      how many records of 200 octets a second the journal alone makes durable

            Needs gcc and libssl-dev for the load generator (snmp-get: libsnmp-dev and snmpd); FreeRADIUS, sqlite3 and PostgreSQL where they are compared with.
            """);
        return command is "--help" or "-h" ? 0 : 1;
}
