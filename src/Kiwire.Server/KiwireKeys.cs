namespace Kiwire.Server;

/// <summary>One configuration key: what <c>--help</c>, the README and the check for misspelt keys know of it.</summary>
/// <param name="Key">The key; list elements end in <c>:N</c>.</param>
/// <param name="Default">Its default, as one would write it.</param>
/// <param name="Meaning">What it does, in a sentence.</param>
internal sealed record KiwireKey(string Key, string Default, string Meaning);

/// <summary>Every configuration key of the product.</summary>
internal static class KiwireKeys
{
    public static readonly IReadOnlyList<KiwireKey> All =
    [
        new("Kiwire:DataDirectory", "data", "Directory for the database file, the accounting journal and the keys; one server at a time."),
        new("Kiwire:Http:Urls", "http://127.0.0.1:8081", "Where the APIs, /docs, /metrics and /healthz listen, http:// or https://; several are separated by ';'."),
        new("Kiwire:Http:Certificate", "(none)", "The certificate for https://: a PEM file with its chain, or a PFX file; taken anew when it changes."),
        new("Kiwire:Http:CertificateKey", "(in the certificate's file)", "The PEM file of the private key."),
        new("Kiwire:Http:CertificatePassword", "(none)", "The password of the PFX file or of the encrypted key."),
        new("Kiwire:Http:CertificateCheckSeconds", "30", "Seconds between looks for a changed certificate."),
        new("Kiwire:Http:Documentation", "true", "Whether /openapi/v1.json and /docs are there; they need no token and tell nothing of any tenant."),
        new("Kiwire:Http:TrustedProxies:N", "(none)", "Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses or prefixes."),
        new("Kiwire:Http:MaximumConnections", "1000", "The most connections at a time; further ones are closed at once."),
        new("Kiwire:Http:MaximumBodyOctets", "1048576", "The largest body of a request, in octets, where an endpoint takes no larger one."),
        new("Kiwire:Http:CallerRequestsPerSecond", "100", "Requests a second that one administrator or key may make for long; past it 429."),
        new("Kiwire:Http:CallerBurst", "200", "Requests that one may make at once before that."),
        new("Kiwire:Http:AddressRequestsPerSecond", "200", "Requests a second from one address (IPv6: one /64); past it 429, or an error of /apiv2."),
        new("Kiwire:Http:AddressBurst", "400", "Requests from one address at once before that."),
        new("Kiwire:Http:LoginsPerMinute", "60", "Log-ins a minute from one address, right ones too."),
        new("Kiwire:Http:PortalRequestsPerMinute", "120", "Codes asked for, codes and passwords typed at the captive portal, a minute from one address; past it 429."),
        new("Kiwire:Radius:Authentication:N", "0.0.0.0:1812, [::]:1812", "Endpoints that take Access-Requests; port 0 picks a free one."),
        new("Kiwire:Radius:Accounting:N", "0.0.0.0:1813, [::]:1813", "Endpoints that take Accounting-Requests; port 0 picks a free one."),
        new("Kiwire:Radius:ThreadsPerEndpoint", "0", "Threads, each with a socket of its own, that share an endpoint; 0: one per core on Linux, one elsewhere."),
        new("Kiwire:Radius:ReceiveBufferOctets", "4194304", "What each socket asks the system to keep of datagrams not yet received, in octets."),
        new("Kiwire:Radius:ReplyCacheSeconds", "30", "For how long an answered request is known again, in seconds (RFC 5080: 5 to 30)."),
        new("Kiwire:Radius:ReplyCacheCapacity", "65536", "How many requests each socket knows again."),
        new("Kiwire:Radius:DelayedReplyCapacity", "16384", "How many refusals each socket holds back at a time (reject_delay); full, the next due leaves early."),
        new("Kiwire:Radius:HeldReplyCapacity", "16384", "How many Accounting-Responses of each socket wait for the disc; full, requests are dropped and counted."),
        new("Kiwire:Radius:WaitingRequestLimit", "10000", "How many Access-Requests may wait for the database; past it those that would have to are dropped and counted."),
        new("Kiwire:Storage:Provider", "Sqlite", "Sqlite (one machine) or PostgreSql (several servers)."),
        new("Kiwire:Storage:ConnectionString", "(kiwire.db in the data directory)", "ADO.NET connection string; required for PostgreSql."),
        new("Kiwire:Storage:JournalLimitOctets", "4294967296", "The most octets of accounting that may wait for the database; full, accounting is not answered."),
        new("Kiwire:Storage:HistoryLimitOctets", "1073741824", "The backlog in octets past which rows of login history are dropped and counted."),
        new("Kiwire:Storage:JournalSegmentOctets", "16777216", "Octets in one file of the journal."),
        new("Kiwire:Retention:LoginDays", "365", "For how many days the history of logins is kept; 0: for ever."),
        new("Kiwire:Retention:SessionDays", "0", "For how many days ended sessions are kept; 0: for ever."),
        new("Kiwire:Retention:UnauthorisedDeviceDays", "90", "For how many days a refused device is kept after it was last seen; 0: for ever."),
        new("Kiwire:Retention:AuditDays", "730", "For how many days the audit log is kept; 0: for ever."),
        new("Kiwire:Retention:CoaDays", "365", "For how many days the log of CoA- and Disconnect-Requests is kept; 0: for ever."),
        new("Kiwire:Accounts:Capacity", "1200000", "The most accounts in memory; the others are read from the database when they log in."),
        new("Kiwire:Accounts:MissingCapacity", "65536", "The most names that are remembered not to exist."),
        new("Kiwire:Accounts:MaxReadsUnderWay", "256", "The most reads of accounts from the database at a time; past it a login that needs one is not answered."),
        new("Kiwire:Accounts:WarmUp", "true", "Whether accounts are read into memory in the background after the start."),
        new("Kiwire:Accounting:AnswerAfter", "Journal", "When accounting is answered: once it is in the Journal on disc, or in the Database."),
        new("Kiwire:Accounting:InterimSeconds", "300", "The interim interval, in seconds, of a session whose NAS and login tell none; three without news end a session."),
        new("Kiwire:Accounting:MaximumOpenSessions", "1000000", "The most open sessions in memory; those beyond do not count for simultaneous."),
        new("Kiwire:Accounting:ApplyBatch", "4000", "The most journal records in one transaction."),
        new("Kiwire:Accounting:StaleCheckSeconds", "15", "Seconds between looks for sessions without news."),
        new("Kiwire:Eap:MaximumConversations", "10000", "How many EAP conversations may be under way; past it new ones are refused and counted."),
        new("Kiwire:Eap:AnswerSeconds", "30", "How long a peer may take to answer an EAP challenge, in seconds."),
        new("Kiwire:Sms:AllowPrivateAddresses", "false", "Whether SMS connectors may lead to private and loopback addresses, and be http://."),
        new("Kiwire:Sms:RequestSeconds", "10", "How long an SMS gateway may take to answer, in seconds."),
        new("Kiwire:Sms:ParallelRequests", "64", "The most messages that this server hands to SMS gateways at a time."),
        new("Kiwire:Sms:OutboxLimit", "100000", "The most messages of one tenant that may wait to be sent; past it more are refused."),
        new("Kiwire:Sms:LogDays", "180", "For how many days the log of messages is kept."),
        new("Kiwire:Sms:Proxy", "(none)", "HTTP proxy for the way to SMS gateways, such as http://proxy.example.net:3128."),
        new("Kiwire:Demo:SmsUrl", "(none)", "With --demo: where the connector demo posts its messages; without it they are written to the log."),
        new("Kiwire:Sms:PublicUrl", "(none)", "Under which address SMS gateways reach this server's HTTP port for their reports; without it they are asked for none."),
        new("Kiwire:Devices:Poll", "true", "Whether this server polls devices; of several servers on a database those that do share the devices out among them."),
        new("Kiwire:Devices:ParallelPolls", "2048", "The most devices that this server asks at a time; those that missed their last poll take at most half of it."),
        new("Kiwire:Devices:TimeoutMilliseconds", "2000", "How long a device may take to answer before it is asked again, in milliseconds."),
        new("Kiwire:Devices:Retries", "2", "How often a device that does not answer is asked again."),
        new("Kiwire:Devices:EventDays", "365", "For how many days the devices' events are kept."),
        new("Kiwire:Devices:AllowPrivateWebhooks", "false", "Whether devices' webhooks may lead to private and loopback addresses, and be http://."),
        new("Kiwire:Mail:Host", "(none)", "The mail server by which e-mail is sent; without it none is."),
        new("Kiwire:Mail:Port", "587", "Its port."),
        new("Kiwire:Mail:StartTls", "true", "Whether the connection to the mail server is encrypted by STARTTLS."),
        new("Kiwire:Mail:Username", "(none)", "The user name for the mail server; only with StartTls."),
        new("Kiwire:Mail:Password", "(none)", "The password for the mail server."),
        new("Kiwire:Mail:From", "(none)", "The sender's address of e-mail."),
        new("Kiwire:Mail:RequestSeconds", "30", "How long the mail server may take for a message, in seconds."),
        new("Kiwire:Telemetry:OtlpEndpoint", "(none)", "OTLP receiver for metrics, such as http://127.0.0.1:4317."),
        new("Kiwire:Telemetry:MetricsAccess", "Authenticated", "Who may read /metrics: Authenticated (a token or key with the scope server:read) or Anyone who can reach the HTTP port."),
    ];

    /// <summary>Keys under <c>Kiwire</c> in the configuration that the product does not have, each with the nearest that it has.</summary>
    public static IReadOnlyList<string> FindUnknown(IConfiguration configuration)
    {
        List<string> faults = [];
        foreach ((string key, string? value) in configuration.GetSection("Kiwire").AsEnumerable())
        {
            if (value is not null && !All.Any(known => Matches(known.Key, key)))
            {
                string nearest = All.MinBy(known => Distance(known.Key, key))!.Key;
                faults.Add($"There is no option {key}. The nearest is {nearest}; --help lists all.");
            }
        }

        return faults;
    }

    private static bool Matches(string known, string key)
    {
        if (known.EndsWith(":N", StringComparison.Ordinal))
        {
            int cut = key.LastIndexOf(':');
            return cut > 0 && int.TryParse(key.AsSpan(cut + 1), out _) && key.AsSpan(0, cut).Equals(known.AsSpan(0, known.Length - 2), StringComparison.OrdinalIgnoreCase);
        }

        return key.Equals(known, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Levenshtein distance without regard to case.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1;
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + cost));
            }
        }

        return row[^1];
    }
}
