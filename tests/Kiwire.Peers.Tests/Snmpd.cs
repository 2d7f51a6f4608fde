using System.Globalization;
using System.Net;

namespace Kiwire.Peers.Tests;

/// <summary>Net-SNMP's agent on a loopback port, with a configuration and a memory of its own, until it is disposed.</summary>
internal sealed class Snmpd : IDisposable
{
    private readonly string _scratch;
    private readonly Child _child;

    private Snmpd(string scratch, Child child, IPEndPoint endPoint)
    {
        _scratch = scratch;
        _child = child;
        EndPoint = endPoint;
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>What it printed so far.</summary>
    public string Output => _child.Output;

    /// <summary>Starts it.</summary>
    /// <param name="configuration">The lines of its snmpd.conf.</param>
    /// <param name="remembered">What it remembers of its life before, as it writes it itself: engineBoots; empty: nothing.</param>
    /// <param name="port">Its port; 0: a free one.</param>
    public static async Task<Snmpd> StartAsync(string configuration, string remembered = "", int port = 0)
    {
        string program = Peer.Require("snmpd", "snmpd");
        string scratch = Directory.CreateTempSubdirectory("kiwire-snmpd-").FullName;
        IPEndPoint endPoint = new(IPAddress.Loopback, port == 0 ? FreePort.Take() : port);
        string file = Path.Combine(scratch, "agent.conf");
        await File.WriteAllTextAsync(file, configuration + "\n");
        await File.WriteAllTextAsync(Path.Combine(scratch, "snmpd.conf"), remembered + "\n");
        try
        {
            (Child child, _) = await Child.StartAsync(
                program,
                ["-f", "-Lo", "-C", "-c", $"{file},{Path.Combine(scratch, "snmpd.conf")}", string.Create(CultureInfo.InvariantCulture, $"udp:{endPoint}")],
                static line => line.StartsWith("NET-SNMP version", StringComparison.Ordinal),
                TimeSpan.FromMinutes(3),
                Environment(scratch));
            return new Snmpd(scratch, child, endPoint);
        }
        catch
        {
            Directory.Delete(scratch, recursive: true);
            throw;
        }
    }

    /// <summary>An environment in which Net-SNMP's programs read no MIBs and write to no place but this one.</summary>
    public static Dictionary<string, string> Environment(string scratch) => new()
    {
        ["MIBS"] = "",
        ["SNMP_PERSISTENT_DIR"] = scratch,
        ["SNMPCONFPATH"] = scratch,
    };

    public void Dispose()
    {
        if (Directory.Exists(_scratch))
        {
            _child.Dispose();
            Directory.Delete(_scratch, recursive: true);
        }
    }
}
