using System.Globalization;

namespace Kiwire.Benchmarks;

/// <summary>
/// FreeRADIUS 3.2 as Debian packages it, with accounting into a database that syncs each commit: its own queries and schema, a
/// configuration of ours with as many connections as help it. Measured beside us on the same disc, in the same run.
/// </summary>
internal static class FreeRadius
{
    private const string Queries = "/etc/freeradius/3.0/mods-config/sql/main";

    public static bool IsInstalled => File.Exists("/usr/sbin/freeradius") && Directory.Exists(Queries);

    /// <summary>Accounting into SQLite with a write-ahead log, synchronous=FULL.</summary>
    public static async Task<Child> StartSqliteAsync(string scratch, int port)
    {
        string file = Path.Combine(scratch, "radacct.db");
        await Child.RunAsync("sqlite3", file, ".read " + Path.Combine(Queries, "sqlite/schema.sql"), "PRAGMA journal_mode=WAL;");
        return await StartAsync(scratch, port, "sqlite", $"sqlite {{\n filename = \"{file}\"\n busy_timeout = 200\n}}", connections: 1);
    }

    /// <summary>Accounting into PostgreSQL with synchronous_commit on.</summary>
    public static async Task<Child> StartPostgreSqlAsync(string scratch, int port, string socketDirectory)
    {
        await Child.RunAsync("psql", "-q", "-h", socketDirectory, "-U", "postgres", "-f", Path.Combine(Queries, "postgresql/schema.sql"), "postgres");
        string connection = $"server = \"{socketDirectory}\"\nlogin = \"postgres\"\nradius_db = \"postgres\"";
        return await StartAsync(scratch, port, "postgresql", connection, connections: 32);
    }

    private static async Task<Child> StartAsync(string scratch, int port, string dialect, string connection, int connections)
    {
        string configuration = $$"""
            prefix = /usr
            libdir = /usr/lib/freeradius
            logdir = {{scratch}}
            radacctdir = {{scratch}}
            raddbdir = {{scratch}}
            confdir = {{scratch}}
            run_dir = {{scratch}}
            modconfdir = /etc/freeradius/3.0/mods-config
            max_request_time = 30
            cleanup_delay = 5
            max_requests = 65536
            hostname_lookups = no
            log {
              destination = files
              file = {{scratch}}/radius.log
            }
            security {
              max_attributes = 200
            }
            thread pool {
              start_servers = {{connections}}
              max_servers = {{connections}}
              min_spare_servers = 1
              max_spare_servers = {{connections}}
              max_requests_per_server = 0
              max_queue_size = 65536
            }
            client load {
              ipaddr = 127.0.0.1
              secret = testing123
            }
            modules {
              expr {
                safe_characters = "@abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_: /"
              }
              sql {
                dialect = "{{dialect}}"
                driver = "rlm_sql_{{dialect}}"
                {{connection}}
                acct_table1 = "radacct"
                acct_table2 = "radacct"
                postauth_table = "radpostauth"
                authcheck_table = "radcheck"
                groupcheck_table = "radgroupcheck"
                authreply_table = "radreply"
                groupreply_table = "radgroupreply"
                usergroup_table = "radusergroup"
                client_table = "nas"
                group_attribute = "SQL-Group"
                read_clients = no
                delete_stale_sessions = yes
                pool {
                  start = {{connections}}
                  min = 1
                  max = {{connections}}
                  spare = 1
                  uses = 0
                  lifetime = 0
                  idle_timeout = 0
                }
                $INCLUDE {{Queries}}/{{dialect}}/queries.conf
              }
            }
            instantiate {
              expr
            }
            server load {
              listen {
                type = acct
                ipaddr = 127.0.0.1
                port = {{port.ToString(CultureInfo.InvariantCulture)}}
              }
              preacct {
              }
              accounting {
                sql
              }
            }
            """;
        await File.WriteAllTextAsync(Path.Combine(scratch, "radiusd.conf"), configuration);
        File.Copy("/etc/freeradius/3.0/dictionary", Path.Combine(scratch, "dictionary"), overwrite: true);
        (Child child, _) = await Child.StartAsync(
            "/usr/sbin/freeradius",
            ["-f", "-l", "stdout", "-d", scratch, "-n", "radiusd"],
            static line => line.Contains("Ready to process requests", StringComparison.Ordinal),
            TimeSpan.FromSeconds(20));
        return child;
    }
}
